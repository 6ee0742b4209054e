/** The nodeconf.yml that is written when there is none: one network `local`, whose file lies in this directory. */
export function defaultNodeConfigText(): string {
  return DEFAULT_NODE_CONFIG;
}

const DEFAULT_NODE_CONFIG = `# The networks that this distomon node takes part in.
#
# directory    the network's own directory, below config/networks; it holds network.yml, which says what is watched
# node_id      the name of this node in that network
# config_type  local: the network file lives here and is edited by hand, in the dashboard or by the API
networks:
  - directory: local
    node_id: local
    config_type: local
`;
