{{/*
A name that leaves room for the longest suffix, and for what Kubernetes appends, within 63 characters. What is cut off
lives on in a digest, so that two long names stay two. Services may hold no dot, releases may.
*/}}
{{- define "painchain-common.bounded" -}}
{{- if or (gt (len .) 46) (contains "." .) -}}
{{- printf "%s-%s" (. | replace "." "-" | trunc 37 | trimSuffix "-") (sha256sum . | trunc 8) -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* What a release calls the things of a chart. Takes release, chart, override. */}}
{{- define "painchain-common.name-of" -}}
{{- $own := ternary .chart (printf "%s-%s" .release .chart) (eq .release .chart) -}}
{{- include "painchain-common.bounded" (.override | default $own) -}}
{{- end -}}

{{/* The values that PainChain's chart hands down to its connectors; empty where a connector is installed by itself. */}}
{{- define "painchain-common.house" -}}
{{- dig "painchain" dict (.Values.global | default dict | toYaml | fromYaml) | toYaml -}}
{{- end -}}

{{/* What the release calls PainChain itself, also seen from a connector in it. */}}
{{- define "painchain-common.painchain" -}}
{{- $house := include "painchain-common.house" . | fromYaml -}}
{{- include "painchain-common.name-of" (dict "release" .Release.Name "chart" "painchain" "override" $house.fullname) -}}
{{- end -}}

{{/* Takes root, name, component. These never change over upgrades: a Deployment's selector can't. */}}
{{- define "painchain-common.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "painchain-common.labels" -}}
{{ include "painchain-common.selector" . }}
app.kubernetes.io/part-of: painchain
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}
