{{- define "painchain-common.connector.account" -}}
{{- $values := .root.Values -}}
{{- if $values.serviceAccount.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "painchain-common.connector.account-name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" . | nindent 4 }}
  {{- with $values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.config" -}}
{{- with .root.Values.config -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "painchain-common.connector.fullname" $ }}-config
  namespace: {{ $.root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" $ | nindent 4 }}
data:
  config.yaml: |
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.secrets" -}}
{{- with .root.Values.secrets -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "painchain-common.connector.fullname" $ }}-secrets
  namespace: {{ $.root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" $ | nindent 4 }}
type: Opaque
data:
  {{- range $name, $value := . }}
  {{ $name }}: {{ $value | toString | b64enc }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.data" -}}
{{- $persistence := .root.Values.persistence -}}
{{- if and $persistence.enabled (not $persistence.existingClaim) -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ include "painchain-common.connector.fullname" . }}-data
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" . | nindent 4 }}
  {{- with $persistence.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  accessModes: [ReadWriteOnce]
  {{- with $persistence.storageClass }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources:
    requests:
      storage: {{ $persistence.size }}
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.network-policy" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- if $policy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "painchain-common.connector.fullname" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "painchain-common.connector.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- with $policy.metricsFrom }}
  ingress:
    - from:
        {{- toYaml . | nindent 8 }}
      ports:
        - { port: health, protocol: TCP }
  {{- end }}
  egress:
    {{- include "painchain-common.dns-egress" . | nindent 4 }}
    - to:
        {{- toYaml $policy.backend | nindent 8 }}
      ports:
        - { port: 8000, protocol: TCP }
    {{- with $policy.egressPorts }}
    - ports:
        {{- range . }}
        - { port: {{ . }}, protocol: TCP }
        {{- end }}
    {{- end }}
    {{- with $policy.extraEgress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.pod-monitor" -}}
{{- $monitor := .root.Values.podMonitor -}}
{{- if $monitor.enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: {{ include "painchain-common.connector.fullname" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" . | nindent 4 }}
    {{- with $monitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  jobLabel: app.kubernetes.io/part-of
  selector:
    matchLabels:
      {{- include "painchain-common.connector.selector" . | nindent 6 }}
  podMetricsEndpoints:
    - port: health
      path: /metrics
      interval: {{ $monitor.interval }}
{{- end }}
{{- end -}}
