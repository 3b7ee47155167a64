{{- define "painchain.fullname" -}}
{{- include "painchain-common.painchain" . -}}
{{- end -}}

{{/* Takes root, component. */}}
{{- define "painchain.selector" -}}
{{- include "painchain-common.selector" (dict "root" .root "name" "painchain" "component" .component) -}}
{{- end -}}

{{- define "painchain.labels" -}}
{{- include "painchain-common.labels" (dict "root" .root "name" "painchain" "component" .component) -}}
{{- end -}}

{{/* Takes root, component, suffix: the head of an object's metadata. */}}
{{- define "painchain.metadata" -}}
name: {{ include "painchain.fullname" .root }}{{ .suffix }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "painchain.labels" . | nindent 2 }}
{{- end -}}

{{- define "painchain.account-name" -}}
{{- $own := printf "%s-backend" (include "painchain.fullname" .) -}}
{{- .Values.serviceAccount.name | default (ternary $own "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "painchain.connector-key-secret" -}}
{{- .Values.global.painchain.connectorKey.existingSecret | default (printf "%s-connector-key" (include "painchain.fullname" .)) -}}
{{- end -}}

{{- define "painchain.sealing-key-secret" -}}
{{- .Values.sealingKey.existingSecret | default (printf "%s-secret-key" (include "painchain.fullname" .)) -}}
{{- end -}}

{{- define "painchain.postgresql-secret" -}}
{{- .Values.postgresql.existingSecret | default (printf "%s-db" (include "painchain.fullname" .)) -}}
{{- end -}}

{{/* The names under which requests are answered; anything else could be another site's page. */}}
{{- define "painchain.allowed-hosts" -}}
{{- $service := printf "%s-backend" (include "painchain.fullname" .) -}}
{{- $inNamespace := printf "%s.%s" $service .Release.Namespace -}}
{{- $hosts := list $service $inNamespace (printf "%s.svc" $inNamespace) (printf "%s.svc.%s" $inNamespace .Values.clusterDomain) -}}
{{- if .Values.ingress.enabled -}}
{{- $hosts = concat $hosts (compact (list .Values.ingress.host .Values.ingress.tenantHost)) -}}
{{- end -}}
{{- concat $hosts .Values.allowedHosts | join "," -}}
{{- end -}}

{{- define "painchain.check" -}}
{{- $external := or .Values.externalDatabase.existingSecret .Values.externalDatabase.url -}}
{{- if and .Values.postgresql.enabled $external -}}
{{- fail "There are two databases: set `postgresql.enabled: false` to use externalDatabase." -}}
{{- end -}}
{{- if not (or .Values.postgresql.enabled $external) -}}
{{- fail "There is no database: set `externalDatabase.existingSecret`, or `postgresql.enabled: true` to try it out." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not (or .Values.ingress.host .Values.ingress.tenantHost)) -}}
{{- fail "The ingress has no name: set `ingress.host`." -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail "There would be at least more backends than at most: set `autoscaling.maxReplicas`." -}}
{{- end -}}
{{- if and .Values.networkPolicy.enabled (not .Values.externalDatabase.existingSecret) -}}
{{- range compact (list .Values.externalDatabase.url .Values.externalDatabase.appUrl) -}}
{{- $port := regexFind ":[0-9]+$" (urlParse .).host | trimPrefix ":" | default "5432" -}}
{{- if ne (int $port) (int $.Values.externalDatabase.port) -}}
{{- fail (printf "The network policy would keep backends from their database on port %s: set `externalDatabase.port`." $port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
