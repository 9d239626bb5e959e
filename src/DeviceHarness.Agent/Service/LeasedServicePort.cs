using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Service;

/// <summary>The way into the service for cases: what their commands change is put back. What a person sends by hand goes past it.</summary>
internal sealed class LeasedServicePort(SimulatedServicePort service, DeviceUndo undo) : IServiceRequestPort
{
    private readonly AsyncLocal<string?> _owner = new();

    /// <summary>Whose requests these are: the case with its attempt. Of the caller's flow and what it begins: attempts on other devices
    /// send at the same time.</summary>
    public string Owner
    {
        get => _owner.Value ?? string.Empty;
        set
        {
            service.Forget(Owner);
            _owner.Value = value;
        }
    }

    /// <summary>What a case has sent for a later time, or left in quarantine, ends with it.</summary>
    public void End() => service.Forget(Owner);

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path: null, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(string requestXml, ServicePath? path, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path, ImageDelivery.Checked, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(
        string requestXml, ServicePath? path, ImageDelivery delivery, CancellationToken cancellationToken) =>
        service.SendAsync(requestXml, path, delivery, new CommandWatch(undo, Owner), cancellationToken);

    /// <inheritdoc/>
    public RequestStatus? StatusOf(RequestId requestId) => service.StatusOf(requestId);

    /// <inheritdoc/>
    public void LoseResponseTo(RequestId requestId) => service.LoseResponseTo(requestId);

    /// <inheritdoc/>
    public Task<ServiceExchange?> AnswerToAsync(RequestId requestId, TimeSpan within, CancellationToken cancellationToken) =>
        service.AnswerToAsync(requestId, within, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceExchange?> DecideAsync(
        RequestId requestId, QuarantineDecision decision, CancellationToken cancellationToken) =>
        service.DecideAsync(requestId, decision, cancellationToken);
}

/// <summary>Lets each command of a request to a device go through the undo ledger.</summary>
/// <param name="Undo">Registers its inverse, sends it and looks at the answer.</param>
/// <param name="Owner">Whose it is.</param>
internal sealed record CommandWatch(DeviceUndo Undo, string Owner);
