using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Abstractions.Devices;

/// <summary>Turns a service request into a dialogue with one device.</summary>
/// <remarks>One dialogue at a time: the caller holds the device exclusively. The one who hands in the transport disposes of it after the
/// driver. A silent or refusing device is an outcome, not an exception; a broken bench (port gone) is a
/// <see cref="Errors.TransportException"/>.</remarks>
public interface IDeviceDriver : IAsyncDisposable
{
    /// <summary>The device's name in the rig file.</summary>
    DeviceId Id { get; }

    /// <summary>The service reference variants that this driver serves, such as <c>4.1.1</c>.</summary>
    IReadOnlyCollection<string> ServiceReferenceVariants { get; }

    /// <summary>Carries out one service request on the device.</summary>
    /// <param name="body">The request's body; its variant is one of <see cref="ServiceReferenceVariants"/>.</param>
    /// <param name="cancellationToken">Ends the dialogue; the link is left so that the next request can resynchronise.</param>
    Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken);

    /// <summary>Releases the association and disconnects the link; does nothing when nothing is open.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken);
}
