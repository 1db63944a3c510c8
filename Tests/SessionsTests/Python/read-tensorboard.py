"""Prints what TensorBoard finds in a folder, as JSON: scalars by run and tag, and the HParams view's sessions."""

import json
import sys

from google.protobuf import json_format
from tensorboard import context
from tensorboard.backend.event_processing import data_provider
from tensorboard.backend.event_processing import plugin_event_multiplexer
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import api_pb2, backend_context, get_experiment, list_session_groups
from tensorboard.util import tensor_util

folder = sys.argv[1]
multiplexer = plugin_event_multiplexer.EventMultiplexer()
multiplexer.AddRunsFromDirectory(folder)
multiplexer.Reload()

scalars = {}
for run in multiplexer.Runs():
    tags = multiplexer.PluginRunToTagToContent("scalars").get(run, {})
    scalars[run] = {
        tag: [
            [event.step, event.wall_time, float(tensor_util.make_ndarray(event.tensor_proto))]
            for event in multiplexer.Tensors(run, tag)
        ]
        for tag in tags
    }

provider = data_provider.MultiplexerDataProvider(multiplexer, folder)
backend = backend_context.Context(base_plugin.TBContext(data_provider=provider))
request = api_pb2.GetExperimentRequest()
experiment = get_experiment.Handler(context.RequestContext(), backend, "", request).run()
request = api_pb2.ListSessionGroupsRequest(
    start_index=0,
    slice_size=100,
    allowed_statuses=[
        api_pb2.STATUS_UNKNOWN,
        api_pb2.STATUS_SUCCESS,
        api_pb2.STATUS_FAILURE,
        api_pb2.STATUS_RUNNING,
    ],
    col_params=[
        api_pb2.ColParams(metric=info.name, include_in_result=True) for info in experiment.metric_infos
    ]
    + [
        api_pb2.ColParams(hparam=info.name, include_in_result=True) for info in experiment.hparam_infos
    ],
)
groups = list_session_groups.Handler(context.RequestContext(), backend, "", request).run().session_groups

print(
    json.dumps(
        {
            "scalars": scalars,
            "sessions": {
                session.name: {
                    "status": api_pb2.Status.Name(session.status),
                    "start": session.start_time_secs,
                    "end": session.end_time_secs,
                    "settings": {
                        name: json_format.MessageToDict(value) for name, value in group.hparams.items()
                    },
                    "metrics": sorted(
                        value.name.tag for value in session.metric_values if not value.name.group
                    ),
                }
                for group in groups
                for session in group.sessions
            },
        }
    )
)
