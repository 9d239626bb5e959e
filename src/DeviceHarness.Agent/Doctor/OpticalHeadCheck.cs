using System.Globalization;
using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether each optical head sits: how many of ten sign-ons succeed, what the port's driver counted meanwhile, and whether the
/// head sends our octets back. Only when it is asked for, since octets go to the devices; they are signed on to, connected and
/// disconnected.</summary>
internal sealed class OpticalHeadCheck : IDoctorCheck
{
    private const int Trials = 10;

    /// <inheritdoc/>
    public string Name => "optical-head";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        List<DoctorFinding> findings = [];
        foreach (RigDevice device in scene.Rig.Devices.Where(device => scene.Wishes.TriesHeads && device.Link.IsSignedOn))
        {
            findings.Add(await LookAsync(scene, device, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }

    /// <summary>Tries a head on an open port.</summary>
    internal async Task<DoctorFinding> TryAsync(
        RigDevice device, DeviceProfile profile, DevicePort port, CancellationToken cancellationToken)
    {
        SerialPortTransport? serial = port.Transport as SerialPortTransport;
        LineStatusCounters before = default;
        bool isCounted = serial?.TryReadCounters(out before) == true;
        HdlcLinkPump pump = new(port.Transport, new HdlcClientLink(profile.LinkSettings(port.Transport.Rate)), port.Clock);
        SignOnLink link = new(port.Transport, DriverCatalog.SignOnOf(device, profile) with { Tries = 1 }, pump);
        int good = 0;
        string last = string.Empty;
        for (int trial = 0; trial < Trials; trial++)
        {
            try
            {
                await link.ConnectAsync(cancellationToken).ConfigureAwait(false);
                await link.DisconnectAsync(cancellationToken).ConfigureAwait(false);
                good++;
            }
            catch (HarnessException fault) when (fault is LinkTimeoutException or RemoteProtocolException or DeviceRefusedException)
            {
                last = $"; the last that failed: {fault.Message}";
            }
        }

        LineStatusCounters after = default;
        isCounted = isCounted && serial?.TryReadCounters(out after) == true;
        int errors = after.Framing - before.Framing + after.Parity - before.Parity + after.Overrun - before.Overrun;
        return Judge(device, good, isCounted ? errors : null, pump.Link.EchoCount > 0, last);
    }

    /// <summary>What ten trials say of a head.</summary>
    internal DoctorFinding Judge(RigDevice device, int good, int? errors, bool isEchoing, string last)
    {
        string counted = errors is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"{count} octets with errors of framing, parity or overrun")
            : "the port counts no octets with errors";
        string echo = isEchoing ? "the head sends our octets back" : "no echo";
        string found = string.Create(CultureInfo.InvariantCulture, $"{good} of {Trials} sign-ons succeed; {counted}; {echo}{last}");
        return (good, errors) switch
        {
            (0, _) => new DoctorFinding(
                Name, device.Id.Value, DoctorState.Wrong, found,
                "see that the head sits on the meter's port, the right way round, that it is this port's and the meter has its supply"),
            (Trials, null or 0) => new DoctorFinding(Name, device.Id.Value, DoctorState.Good, found, string.Empty),
            _ => new DoctorFinding(
                Name, device.Id.Value, DoctorState.Note, found,
                "seat the head anew and clean both faces; keep sunlight and lamps off it; then look again"),
        };
    }

    private async Task<DoctorFinding> LookAsync(DoctorScene scene, RigDevice device, CancellationToken cancellationToken)
    {
        try
        {
            DeviceProfile profile = DriverCatalog.ProfileOf(device, scene.Rig.ProfilesFolder);
            DevicePort port = await DevicePort.OpenAsync(
                device, RigBench.PortOf(device, scene.Rig, scene.DataFolder), scene.Time, cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = port.Transport.ConfigureAwait(false);
            return await TryAsync(device, profile, port, cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException fault)
        {
            return new DoctorFinding(
                Name, device.Id.Value, DoctorState.Wrong, $"{fault.Code}: {fault.Message}", "read what was found; nothing was tried");
        }
    }
}
