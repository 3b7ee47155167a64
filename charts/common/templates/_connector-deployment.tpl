{{- define "painchain-common.connector.deployment" -}}
{{- $values := .root.Values -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "painchain-common.connector.fullname" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "painchain-common.connector.labels" . | nindent 4 }}
spec:
  replicas: {{ $values.replicas }}
  strategy:
    # A volume that one pod holds can't be mounted by the next one before.
    type: {{ ternary "Recreate" "RollingUpdate" $values.persistence.enabled }}
    {{- if not $values.persistence.enabled }}
    # Said, so that it is helm's to take away: the API's own default would stay, and forbid another type later.
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
    {{- end }}
  selector:
    matchLabels:
      {{- include "painchain-common.connector.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "painchain-common.connector.labels" . | nindent 8 }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        # Another configuration is another pod: it is read at the start.
        painchain.io/config: {{ $values.config | toYaml | sha256sum }}
        painchain.io/secrets: {{ $values.secrets | toYaml | sha256sum }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "painchain-common.connector.account-name" . }}
      # What others than the owner of a file connect doesn't get it.
      automountServiceAccountToken: {{ and $values.serviceAccount.automount (not (empty $values.config)) }}
      enableServiceLinks: false
      terminationGracePeriodSeconds: 30
      {{- include "painchain-common.pod-security" $values.podSecurityContext | nindent 6 }}
      {{- with include "painchain-common.placement" (dict "root" .root "values" $values) | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      containers:
        - name: connector
          image: {{ include "painchain-common.image" (dict "root" .root "image" $values.image) }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          {{- include "painchain-common.container-security" . | nindent 10 }}
          env:
            {{- include "painchain-common.connector.env" . | nindent 12 }}
          {{- with include "painchain-common.connector.env-from" . | trim }}
          envFrom:
            {{- . | nindent 12 }}
          {{- end }}
          ports:
            - { name: health, containerPort: 9000, protocol: TCP }
          livenessProbe:
            {{- include "painchain-common.probe" (dict "path" "/health/live" "port" "health" "every" 20) | nindent 12 }}
          readinessProbe:
            {{- include "painchain-common.probe" (dict "path" "/health/ready" "port" "health" "every" 10) | nindent 12 }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: tmp, mountPath: /tmp }
            - { name: connector-key, mountPath: /run/painchain, readOnly: true }
            {{- if $values.config }}
            - { name: config, mountPath: /app/config.yaml, subPath: config.yaml, readOnly: true }
            {{- end }}
            {{- with $values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        {{- include "painchain-common.connector.volumes" . | nindent 8 }}
{{- end -}}

{{- define "painchain-common.connector.env" -}}
{{- $values := .root.Values -}}
- { name: PAINCHAIN_API_URL, value: {{ include "painchain-common.connector.api-url" . | quote }} }
- { name: PAINCHAIN_API_KEY_FILE, value: /run/painchain/connector.key }
# Without a file of its own it works through what is connected in the interface.
- { name: PAINCHAIN_CONFIG, value: {{ ternary "/app/config.yaml" "" (not (empty $values.config)) | quote }} }
- { name: PAINCHAIN_DATA_DIR, value: /data }
- { name: PAINCHAIN_HEALTH_HOST, value: {{ $values.healthHost | quote }} }
- { name: PAINCHAIN_HEALTH_PORT, value: '9000' }
- { name: PAINCHAIN_LOG_LEVEL, value: {{ $values.logLevel }} }
{{- if and (not $values.config) (has .type (list "git" "kubernetes")) }}
# What others than the owner of this file connect reaches neither the pod's own files nor its credentials.
- { name: {{ printf "PAINCHAIN_%s_LOCAL" (upper .type) }}, value: 'false' }
{{- end }}
{{- with $values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.env-from" -}}
{{- $values := .root.Values -}}
{{- if $values.secrets }}
- secretRef: { name: {{ include "painchain-common.connector.fullname" . }}-secrets }
{{- end }}
{{- with $values.existingSecret }}
- secretRef: { name: {{ . }} }
{{- end }}
{{- end -}}

{{- define "painchain-common.connector.volumes" -}}
{{- $values := .root.Values -}}
{{- $fullname := include "painchain-common.connector.fullname" . -}}
- name: data
  {{- if $values.persistence.enabled }}
  persistentVolumeClaim:
    claimName: {{ $values.persistence.existingClaim | default (printf "%s-data" $fullname) }}
  {{- else }}
  emptyDir: {}
  {{- end }}
- name: tmp
  emptyDir: {}
- name: connector-key
  secret:
    secretName: {{ include "painchain-common.connector.key-secret" . }}
    defaultMode: 288 # 0440
    items:
      - { key: {{ include "painchain-common.connector.key-key" . }}, path: connector.key }
{{- if $values.config }}
- name: config
  configMap:
    name: {{ $fullname }}-config
{{- end }}
{{- with $values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
