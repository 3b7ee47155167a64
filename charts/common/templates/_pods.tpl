{{/* Takes root, image. A digest says exactly which one; without a tag it is this chart's version. */}}
{{- define "painchain-common.image" -}}
{{- $registry := dig "imageRegistry" "" (.root.Values.global | default dict | toYaml | fromYaml) -}}
{{- $repository := .image.repository -}}
{{- with $registry }}{{ $repository = printf "%s/%s" (trimSuffix "/" .) $repository }}{{ end -}}
{{- if .image.digest -}}
{{- printf "%s@%s" $repository .image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (.image.tag | default .root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* What a pod of the restricted standard says of itself. Takes a pod's own settings, such as its user. */}}
{{- define "painchain-common.pod-security" -}}
{{- $always := dict "runAsNonRoot" true "seccompProfile" (dict "type" "RuntimeDefault") -}}
securityContext:
  {{- merge $always (. | default dict) | toYaml | nindent 2 }}
{{- end -}}

{{- define "painchain-common.container-security" -}}
securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
  readOnlyRootFilesystem: true
{{- end -}}

{{/* Where a pod may run, and with which credentials its images are pulled. Takes root, values. */}}
{{- define "painchain-common.placement" -}}
{{- $global := .root.Values.global | default dict | toYaml | fromYaml -}}
{{- with dig "imagePullSecrets" list $global }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* An HTTP probe. Takes path, port, every. */}}
{{- define "painchain-common.probe" -}}
httpGet:
  path: {{ .path }}
  port: {{ .port }}
periodSeconds: {{ .every }}
timeoutSeconds: 5
failureThreshold: 3
{{- end -}}

{{/* Names are looked up on port 53; behind it OpenShift's DNS listens on 5353, which is what a policy sees there. */}}
{{- define "painchain-common.dns-egress" -}}
- ports:
    - { port: 53, protocol: UDP }
    - { port: 53, protocol: TCP }
    - { port: 5353, protocol: UDP }
    - { port: 5353, protocol: TCP }
{{- end -}}
