using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>One connection of a rig: what waits to be sent to it, and what it was asked and has not answered.</summary>
/// <remarks>Sending never waits. A rig that does not read is disconnected when <see cref="MaximumQueued"/> messages wait: nothing is
/// lost by that, since all that matters is in the store and is derived again when the rig reconnects.</remarks>
internal sealed class RigSession
{
    /// <summary>The messages that may wait for a rig.</summary>
    public const int MaximumQueued = 1024;

    /// <summary>The requests outside any pack that may wait for a rig's answer; a rig refuses more than a few at once itself.</summary>
    public const int MaximumAsked = 64;

    private readonly Channel<V1.OrchestratorMessage> _outgoing =
        Channel.CreateBounded<V1.OrchestratorMessage>(new BoundedChannelOptions(MaximumQueued) { SingleReader = true });

    private readonly TaskCompletionSource<Status> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<V1.AdHocAnswer>> _asked = new(StringComparer.Ordinal);
    private long _lastRequest;

    /// <summary>Creates the session of a connection.</summary>
    /// <param name="rig">The rig's name.</param>
    /// <param name="bootId">The start of the agent that connected.</param>
    /// <param name="peer">Where it connected from.</param>
    public RigSession(string rig, string bootId, string peer)
    {
        Rig = rig;
        BootId = bootId;
        Peer = peer;
    }

    /// <summary>The rig's name.</summary>
    public string Rig { get; }

    /// <summary>The start of the agent that connected.</summary>
    public string BootId { get; }

    /// <summary>Where it connected from.</summary>
    public string Peer { get; }

    /// <summary>How many executions the rig runs beside each other, from 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Ends with the status that the connection is closed with.</summary>
    public Task<Status> Closed => _closed.Task;

    /// <summary>Whether the session takes messages.</summary>
    public bool IsOpen => !_closed.Task.IsCompleted;

    /// <summary>What is to be sent, in order; ends when the session closes.</summary>
    public ChannelReader<V1.OrchestratorMessage> Outgoing => _outgoing.Reader;

    /// <summary>Queues a message for the rig.</summary>
    /// <returns>False when the session is closed, or closes now because the rig does not read.</returns>
    public bool TrySend(V1.OrchestratorMessage message)
    {
        if (_outgoing.Writer.TryWrite(message))
        {
            return true;
        }

        Close(new Status(
            StatusCode.ResourceExhausted,
            $"the rig {Rig} does not read: {MaximumQueued} messages wait for it. Reconnect; nothing that was acknowledged is lost."));
        return false;
    }

    /// <summary>Closes the session; the first status stays.</summary>
    public void Close(Status status)
    {
        _closed.TrySetResult(status);
        _outgoing.Writer.TryComplete();
        foreach (TaskCompletionSource<V1.AdHocAnswer> waiting in _asked.Values)
        {
            waiting.TrySetException(Gone());
        }
    }

    /// <summary>Has the rig serve one Service Request outside any pack.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the rig went away before it answered. RESOURCE_EXHAUSTED: too many requests
    /// wait.</exception>
    public async Task<V1.AdHocAnswer> AskAsync(string requestXml, CancellationToken cancellationToken)
    {
        if (_asked.Count >= MaximumAsked)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"{MaximumAsked} requests wait for the rig {Rig}; try again when one is answered"));
        }

        string id = Interlocked.Increment(ref _lastRequest).ToString(CultureInfo.InvariantCulture);
        TaskCompletionSource<V1.AdHocAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        try
        {
            V1.AdHocRequest request = new() { RequestId = id, RequestXml = requestXml };
            bool isSent = TrySend(new V1.OrchestratorMessage { AdHocRequest = request });
            return isSent ? await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false) : throw Gone();
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>The rig answered a request.</summary>
    /// <returns>False when nobody waits for that answer any more.</returns>
    public bool TryAnswer(V1.AdHocAnswer answer) =>
        _asked.TryGetValue(answer.RequestId, out TaskCompletionSource<V1.AdHocAnswer>? waiting) && waiting.TrySetResult(answer);

    private RpcException Gone() => new(new Status(
        StatusCode.Unavailable,
        $"the rig {Rig} disconnected before it answered; whether the device carried the request out is not known. "
        + "See 'harness rigs', then try again."));
}
