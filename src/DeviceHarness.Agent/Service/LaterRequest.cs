using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Service;

/// <summary>A request that was acknowledged, and whose device is asked later: the service holds it, or it is in quarantine.</summary>
/// <param name="RequestXml">The request.</param>
/// <param name="Watch">Whose it is, and what puts back what it changes; null for what a person sends by hand.</param>
internal sealed record LaterRequest(string RequestXml, CommandWatch? Watch)
{
    private readonly TaskCompletionSource<ServiceExchange> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether somebody carries it out, or did.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Somebody carries it out now. Under the gate of whoever takes what is due.</summary>
    public void Begin() => IsUnderWay = true;

    /// <summary>The answers, once they are there.</summary>
    public Task<ServiceExchange> Answer => _answered.Task;

    /// <summary>The answers are there.</summary>
    public void Answered(ServiceExchange exchange) => _answered.TrySetResult(exchange);

    /// <summary>The bench broke, or whoever carried it out was cancelled: told to whoever asks for the answer.</summary>
    public void Broke(Exception exception) => _answered.TrySetException(exception);
}
