{{/* By what a process reaches the database. Takes root, and secret: where the addresses stand in the values. */}}
{{- define "painchain.database-env" -}}
{{- $fullname := include "painchain.fullname" .root -}}
{{- $external := .root.Values.externalDatabase -}}
{{- if .root.Values.postgresql.enabled -}}
- name: PAINCHAIN_DB_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "painchain.postgresql-secret" .root }}
      key: {{ .root.Values.postgresql.passwordKey }}
- { name: DATABASE_URL, value: 'postgresql://painchain:$(PAINCHAIN_DB_PASSWORD)@{{ $fullname }}-db:5432/painchain' }
{{- else -}}
{{- $secret := $external.existingSecret | default .secret -}}
- name: DATABASE_URL
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ ternary $external.urlKey "DATABASE_URL" (not (empty $external.existingSecret)) }}
- name: PAINCHAIN_APP_DATABASE_URL
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ ternary $external.appUrlKey "PAINCHAIN_APP_DATABASE_URL" (not (empty $external.existingSecret)) }}
      optional: true
{{- end -}}
{{- end -}}

{{- define "painchain.external-addresses" -}}
DATABASE_URL: {{ .Values.externalDatabase.url | b64enc }}
{{- with .Values.externalDatabase.appUrl }}
PAINCHAIN_APP_DATABASE_URL: {{ . | b64enc }}
{{- end }}
{{- end -}}

{{/*
A Secret that is made once. What a release has is read back from the cluster, and where that can't be done (a template
rendered elsewhere and applied) the API refuses another value, since the Secret is immutable: an error, and not a key
that is gone. Takes root, component, suffix, key, fresh, keep.
*/}}
{{- define "painchain.generated-secret" -}}
{{- $name := printf "%s%s" (include "painchain.fullname" .root) .suffix -}}
{{- $known := lookup "v1" "Secret" .root.Release.Namespace $name -}}
apiVersion: v1
kind: Secret
metadata:
  {{- include "painchain.metadata" . | nindent 2 }}
  {{- if .keep }}
  annotations:
    # What it opens outlives the release.
    helm.sh/resource-policy: keep
  {{- end }}
type: Opaque
immutable: true
data:
  {{ .key }}: {{ dig "data" .key (.fresh | b64enc) ($known | default dict) }}
{{- end -}}

{{/* To the database, bundled or external, and to whoever knows its address. */}}
{{- define "painchain.database-egress" -}}
{{- $db := dict "root" . "component" "db" -}}
{{- include "painchain-common.dns-egress" . }}
{{- if .Values.postgresql.enabled }}
- to:
    - podSelector:
        matchLabels:
          {{- include "painchain.selector" $db | nindent 10 }}
  ports:
    - { port: 5432, protocol: TCP }
{{- else }}
- ports:
    - { port: {{ .Values.externalDatabase.port }}, protocol: TCP }
  {{- with .Values.networkPolicy.databaseTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "painchain.postgresql-probe" -}}
exec: { command: [pg_isready, -q, -h, 127.0.0.1, -U, painchain] }
periodSeconds: {{ . }}
timeoutSeconds: 5
{{- end -}}
