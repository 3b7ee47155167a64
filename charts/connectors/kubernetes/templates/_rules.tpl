{{/* The rights of connectors/kubernetes/rbac; a test holds the two equal. */}}
{{- define "kubernetes-connector.identity-rules" -}}
- apiGroups: ['']
  resources: [namespaces]
  resourceNames: [kube-system]
  verbs: [get]
{{- end -}}

{{- define "kubernetes-connector.cluster-rules" -}}
- apiGroups: ['']
  resources:
    - configmaps
    - events
    - limitranges
    - namespaces
    - nodes
    - persistentvolumeclaims
    - persistentvolumes
    - pods
    - resourcequotas
    - serviceaccounts
    - services
  verbs: [list, watch]
- apiGroups: ['admissionregistration.k8s.io']
  resources:
    - mutatingwebhookconfigurations
    - validatingwebhookconfigurations
  verbs: [list, watch]
- apiGroups: ['apiextensions.k8s.io']
  resources:
    - customresourcedefinitions
  verbs: [list, watch]
- apiGroups: ['apps']
  resources:
    - daemonsets
    - deployments
    - statefulsets
  verbs: [list, watch]
- apiGroups: ['argoproj.io']
  resources:
    - applications
    - rollouts
  verbs: [list, watch]
- apiGroups: ['autoscaling']
  resources:
    - horizontalpodautoscalers
  verbs: [list, watch]
- apiGroups: ['batch']
  resources:
    - cronjobs
    - jobs
  verbs: [list, watch]
- apiGroups: ['gateway.networking.k8s.io']
  resources:
    - gateways
    - httproutes
  verbs: [list, watch]
- apiGroups: ['helm.toolkit.fluxcd.io']
  resources:
    - helmreleases
  verbs: [list, watch]
- apiGroups: ['kustomize.toolkit.fluxcd.io']
  resources:
    - kustomizations
  verbs: [list, watch]
- apiGroups: ['networking.k8s.io']
  resources:
    - ingresses
    - networkpolicies
  verbs: [list, watch]
- apiGroups: ['policy']
  resources:
    - poddisruptionbudgets
  verbs: [list, watch]
- apiGroups: ['rbac.authorization.k8s.io']
  resources:
    - clusterrolebindings
    - clusterroles
    - rolebindings
    - roles
  verbs: [list, watch]
- apiGroups: ['scheduling.k8s.io']
  resources:
    - priorityclasses
  verbs: [list, watch]
- apiGroups: ['source.toolkit.fluxcd.io']
  resources:
    - gitrepositories
  verbs: [list, watch]
- apiGroups: ['storage.k8s.io']
  resources:
    - storageclasses
  verbs: [list, watch]
{{- end -}}

{{- define "kubernetes-connector.namespace-rules" -}}
- apiGroups: ['']
  resources:
    - configmaps
    - events
    - limitranges
    - persistentvolumeclaims
    - pods
    - resourcequotas
    - serviceaccounts
    - services
  verbs: [list, watch]
- apiGroups: ['apps']
  resources:
    - daemonsets
    - deployments
    - statefulsets
  verbs: [list, watch]
- apiGroups: ['argoproj.io']
  resources:
    - applications
    - rollouts
  verbs: [list, watch]
- apiGroups: ['autoscaling']
  resources:
    - horizontalpodautoscalers
  verbs: [list, watch]
- apiGroups: ['batch']
  resources:
    - cronjobs
    - jobs
  verbs: [list, watch]
- apiGroups: ['gateway.networking.k8s.io']
  resources:
    - gateways
    - httproutes
  verbs: [list, watch]
- apiGroups: ['helm.toolkit.fluxcd.io']
  resources:
    - helmreleases
  verbs: [list, watch]
- apiGroups: ['kustomize.toolkit.fluxcd.io']
  resources:
    - kustomizations
  verbs: [list, watch]
- apiGroups: ['networking.k8s.io']
  resources:
    - ingresses
    - networkpolicies
  verbs: [list, watch]
- apiGroups: ['policy']
  resources:
    - poddisruptionbudgets
  verbs: [list, watch]
- apiGroups: ['rbac.authorization.k8s.io']
  resources:
    - rolebindings
    - roles
  verbs: [list, watch]
- apiGroups: ['source.toolkit.fluxcd.io']
  resources:
    - gitrepositories
  verbs: [list, watch]
{{- end -}}

{{- define "kubernetes-connector.secret-rules" -}}
- apiGroups: ['']
  resources: [secrets]
  verbs: [list, watch]
{{- end -}}
