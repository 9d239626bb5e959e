using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Bench;

/// <summary>Has a device behind an optical head read out its data by IEC 62056-21, mode C, for a person at the bench.</summary>
public static class DeviceReadOut
{
    /// <summary>Reads out. No agent may drive the rig meanwhile.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="device">Its device; its link has to say <c>sign-on</c>.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock of all waiting.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConfigurationException">The device's link is no optical port, or its profile is wrong.</exception>
    /// <exception cref="HarnessException">The port is missing or busy, or the device answers otherwise, as
    /// <see cref="ReadOutClient.ReadAsync"/>.</exception>
    public static async Task<ReadOutListing> ReadAsync(
        RigConfiguration rig, RigDevice device, string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(device);
        if (!device.Link.IsSignedOn)
        {
            throw new ConfigurationException(
                "RIG-010", rig.File, 0, 0, $"devices.{device.Id}.link.sign-on", "none",
                "iec62056-21-e, since only an optical port reads out");
        }

        using FileStream hold = AgentHost.Hold(rig, dataFolder);
        DeviceProfile profile = DriverCatalog.ProfileOf(device, rig.ProfilesFolder);
        DevicePort port = await DevicePort.OpenAsync(device, RigBench.PortOf(device, rig, dataFolder), time, cancellationToken)
            .ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = port.Transport.ConfigureAwait(false);
        ReadOutClient client = new(port.Transport, DriverCatalog.SignOnOf(device, profile), port.Clock);
        ReadOut read = await client.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ReadOutListing(
            read.Identification, read.Baud, [.. read.Values.Select(value => new ReadOutRow(value.Address, value.Value, value.Unit))]);
    }
}
