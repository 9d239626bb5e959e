using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Bench;

/// <summary>Opens the port of a device: <see cref="DevicePort.OpenAsync"/>, unless a line comes from elsewhere.</summary>
/// <param name="device">The device.</param>
/// <param name="port">A path, or <c>host:port</c>.</param>
/// <param name="time">The clock of a connection's time-outs.</param>
/// <param name="cancellationToken">Ends the wait.</param>
/// <exception cref="Abstractions.Errors.TransportException">It is missing, busy or refused.</exception>
internal delegate ValueTask<DevicePort> OpenDevicePort(
    RigDevice device, string port, TimeProvider time, CancellationToken cancellationToken);
