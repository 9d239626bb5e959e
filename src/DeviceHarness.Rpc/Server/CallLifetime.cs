using System.Runtime.CompilerServices;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Rpc.Server;

/// <summary>Ends a call before its handler does: at the deadline and, for streams, when the server stops.</summary>
internal sealed class CallLifetime : IStoppableCall, IDisposable
{
    private const int Open = 0;
    private const int EndingEarly = 1;
    private const int Closed = 2;

    private readonly ResponseGate _gate;
    private readonly ILogger _logger;
    private readonly string _method;
    private readonly CancellationTokenSource _cancel;
    private readonly TaskCompletionSource _endedEarly = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CappedTimer? _deadlineTimer;
    private StrongBox<Status> _stopStatus = new(new Status(StatusCode.Unavailable, "the server is stopping"));
    private int _state = Open;

    public CallLifetime(ResponseGate gate, ILogger logger, string method, CancellationToken requestAborted)
    {
        _gate = gate;
        _logger = logger;
        _method = method;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
        Token = _cancel.Token;
    }

    /// <summary>Fires when the call ends early or its client is gone.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why the call ended early; null when it did not.</summary>
    public Status? EarlyStatus { get; private set; }

    public void StartDeadline(TimeProvider timeProvider, TimeSpan timeout) => _deadlineTimer = new CappedTimer(
        timeProvider, timeout, () => EndEarly(new Status(StatusCode.DeadlineExceeded, "the deadline has passed")));

    public void EndWhenStopping(Status status) => Volatile.Write(ref _stopStatus, new StrongBox<Status>(status));

    /// <summary>Ends the call because the server stops.</summary>
    public void EndForStop() => EndEarly(Volatile.Read(ref _stopStatus).Value);

    /// <summary>Cancels what still runs under the call without ending its response.</summary>
    public Task CancelAsync() => _cancel.CancelAsync();

    /// <summary>The handler has returned: nothing ends the call early any more, and what had begun to has finished.</summary>
    public async Task CloseAsync()
    {
        _deadlineTimer?.Dispose();
        if (Interlocked.CompareExchange(ref _state, Closed, Open) == EndingEarly)
        {
            await _endedEarly.Task.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();

    private void EndEarly(Status status)
    {
        if (Interlocked.CompareExchange(ref _state, EndingEarly, Open) == Open)
        {
            EarlyStatus = status;
            _ = EndEarlyAsync(status);
        }
    }

    private async Task EndEarlyAsync(Status status)
    {
        try
        {
            Task cancelled = _cancel.CancelAsync();
            await _gate.EndEarlyAsync(status).ConfigureAwait(false);
            await cancelled.ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            RpcLog.CancellationCallbackFailed(_logger, exception, _method);
        }
        finally
        {
            _endedEarly.SetResult();
        }
    }
}
