{{/*
A connector, whole. Takes root, type. Its pieces are in _connector-*.tpl; what only one type has, such as rights in a
cluster, is in that type's chart.
*/}}
{{- define "painchain-common.connector" -}}
{{- include "painchain-common.connector.check" . -}}
{{- range $piece := list "account" "config" "secrets" "data" "deployment" "network-policy" "pod-monitor" -}}
{{- with include (printf "painchain-common.connector.%s" $piece) $ | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.chart" -}}
{{- printf "%s-connector" .type -}}
{{- end -}}

{{- define "painchain-common.connector.fullname" -}}
{{- $chart := include "painchain-common.connector.chart" . -}}
{{- include "painchain-common.name-of" (dict "release" .root.Release.Name "chart" $chart "override" .root.Values.fullnameOverride) -}}
{{- end -}}

{{- define "painchain-common.connector.selector" -}}
{{- $chart := include "painchain-common.connector.chart" . -}}
{{- include "painchain-common.selector" (dict "root" .root "name" $chart "component" "connector") -}}
{{- end -}}

{{- define "painchain-common.connector.labels" -}}
{{- $chart := include "painchain-common.connector.chart" . -}}
{{- include "painchain-common.labels" (dict "root" .root "name" $chart "component" "connector") -}}
{{- end -}}

{{- define "painchain-common.connector.account-name" -}}
{{- $account := .root.Values.serviceAccount -}}
{{- $account.name | default (ternary (include "painchain-common.connector.fullname" .) "default" $account.create) -}}
{{- end -}}

{{/* The backend of this release, of the release that the plan calls `painchain`, or wherever the values say. */}}
{{- define "painchain-common.connector.api-url" -}}
{{- $house := include "painchain-common.house" .root | fromYaml -}}
{{- $painchain := ternary (include "painchain-common.painchain" .root) "painchain" (not (empty $house)) -}}
{{- .root.Values.apiUrl | default (printf "http://%s-backend:8000/api" $painchain) -}}
{{- end -}}

{{- define "painchain-common.connector.key-secret" -}}
{{- $house := include "painchain-common.house" .root | fromYaml -}}
{{- $painchain := ternary (include "painchain-common.painchain" .root) "painchain" (not (empty $house)) -}}
{{- $given := dig "connectorKey" "existingSecret" "" $house -}}
{{- .root.Values.connectorKey.existingSecret | default $given | default (printf "%s-connector-key" $painchain) -}}
{{- end -}}

{{- define "painchain-common.connector.key-key" -}}
{{- $house := include "painchain-common.house" .root | fromYaml -}}
{{- .root.Values.connectorKey.key | default (dig "connectorKey" "key" "" $house) | default "connector-key" -}}
{{- end -}}

{{/* Combinations that would start and then not do what they seem to say. */}}
{{- define "painchain-common.connector.check" -}}
{{- $values := .root.Values -}}
{{- if gt (int $values.replicas) 1 -}}
{{- if $values.config -}}
{{- fail (printf "%s-connector: one file is worked through by one process. Leave `config` empty and connect sources in the interface to run %d replicas, or set `replicas: 1`." .type (int $values.replicas)) -}}
{{- end -}}
{{- if $values.persistence.enabled -}}
{{- fail (printf "%s-connector: replicas share no volume. Set `persistence.enabled: false` or `replicas: 1`." .type) -}}
{{- end -}}
{{- end -}}
{{- with include "painchain-common.bare-secret" $values.config -}}
{{- fail (printf "%s-connector: `config` holds a `%s` as it is, and a ConfigMap is for all to read. Write ${A_NAME} there and give it by `existingSecret` or `secrets`." $.type .) -}}
{{- end -}}
{{- end -}}

{{/* The name of a setting that is a secret and stands there itself, in place of a variable's name; else nothing. */}}
{{- define "painchain-common.bare-secret" -}}
{{- $found := "" -}}
{{- if kindIs "map" . -}}
{{- range $name, $value := . -}}
{{- $isSecret := has $name (list "token" "secret" "password" "private_key") -}}
{{- if and $isSecret (kindIs "string" $value) (not (regexMatch "^(\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})?$" $value)) -}}
{{- $found = $name -}}
{{- else -}}
{{- $found = include "painchain-common.bare-secret" $value | default $found -}}
{{- end -}}
{{- end -}}
{{- else if kindIs "slice" . -}}
{{- range . -}}
{{- $found = include "painchain-common.bare-secret" . | default $found -}}
{{- end -}}
{{- end -}}
{{- $found -}}
{{- end -}}
