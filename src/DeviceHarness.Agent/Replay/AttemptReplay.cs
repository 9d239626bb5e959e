using System.Buffers;
using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Recorded;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Undo;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Transports.Recording;

namespace DeviceHarness.Agent.Replay;

/// <summary>Feeds the octets of recorded attempts to the drivers again, without a bench, and compares what comes out.</summary>
/// <remarks>The drivers run on the record's time. Only the time in a write of a clock may differ; in a ciphered association it is the
/// recorded one. Octets that evidence masks are taken as they come. Challenges, dedicated keys and invocation counters are those of the
/// record; the global keys are those that the rig file names, or that the key store holds after a rotation.</remarks>
public sealed class AttemptReplay : IAsyncDisposable
{
    private const int ClockClass = 8;

    private readonly RigConfiguration _rig;
    private readonly string _profilesFolder;
    private readonly string? _dataFolder;
    private readonly ReplayClock _clock;
    private readonly Dictionary<string, ReplayTransport> _lines = [];
    private readonly Dictionary<string, IDeviceDriver> _drivers = [];
    private readonly Dictionary<string, RecordedAssociations> _draws = [];
    private readonly Dictionary<string, string> _notReplayed = [];
    private readonly Dictionary<DeviceId, (IDeviceDriver Hub, IDeviceDriver Driver)> _behind = [];

    private AttemptReplay(RigConfiguration rig, string profilesFolder, string? dataFolder, DateTimeOffset started)
    {
        _rig = rig;
        _profilesFolder = profilesFolder;
        _dataFolder = dataFolder;
        _clock = new ReplayClock(started);
    }

    /// <summary>Replays attempts.</summary>
    /// <param name="rig">The rig file that they ran with: it names the devices and their profiles.</param>
    /// <param name="profilesFolder">The folder of device profiles.</param>
    /// <param name="dataFolder">The data folder whose key store holds the keys after a rotation; null when none was rotated.</param>
    /// <param name="attempts">The attempts, in the order in which they ran; the first must begin with a connection.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <returns>The requests that had reached a device, up to and including the first that differs.</returns>
    /// <exception cref="ConfigurationException">REPLAY-002: the rig has no such device. REPLAY-003: the octets were left out of the
    /// evidence, or begin inside an association. REPLAY-004: no key that is named opens a recorded association. A profile, or a key that is
    /// named, is missing or wrong.</exception>
    public static async Task<IReadOnlyList<ReplayedRequest>> RunAsync(
        RigConfiguration rig, string profilesFolder, string? dataFolder, IReadOnlyList<EvidenceDocument> attempts,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(attempts);
        List<ReplayedRequest> requests = [];
        AttemptReplay replay = new(rig, profilesFolder, dataFolder, attempts.Count == 0 ? default : attempts[0].Started);
        await using ConfiguredAsyncDisposable disposal = replay.ConfigureAwait(false);
        foreach (EvidenceDocument attempt in attempts)
        {
            // As the bench does at the begin of each.
            foreach (IIdentifiedDevice driver in replay._drivers.Values.OfType<IIdentifiedDevice>())
            {
                driver.ForgetIdentity();
            }

            foreach (StepEvidence step in LaterAnswers.Joined(attempt.Steps))
            {
                if (await replay.ReplayAsync(attempt, step, cancellationToken).ConfigureAwait(false) is { } request)
                {
                    requests.Add(request);
                    if (request.Difference is not null)
                    {
                        return requests;
                    }
                }
            }
        }

        return requests;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IDeviceDriver driver in _drivers.Values)
        {
            await driver.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ReplayedRequest?> ReplayAsync(EvidenceDocument attempt, StepEvidence step, CancellationToken cancellationToken)
    {
        RigDevice? device = DeviceOf(step);
        string port = device is null ? step.Wire[0].Port : (device.Link.Hub ?? device.Id).Value;
        if (step.Request?.Outcome is null && step.Hub is null)
        {
            // Cancelled, or the bench broke: nothing came out then, and the driver gave the association up.
            await ForgetAsync(port, $"'{step.Name}' of {attempt.Case.Id}").ConfigureAwait(false);
            return null;
        }

        if (attempt.LeftOut.Length > 0)
        {
            throw Wrong("REPLAY-003", attempt, step, $"evidence without {attempt.LeftOut}", "evidence that is whole");
        }

        _clock.MoveTo(attempt.Started + TimeSpan.FromMicroseconds(step.StartedMicroseconds));
        IDeviceDriver driver = await LoadDrawsAsync(attempt, step, port).ConfigureAwait(false);
        ReplayTransport line = _lines[port];
        int clockWrites = line.AllowedDifferences;
        line.Load(step.Wire.Where(piece => piece.Port == port).Select(piece => Piece(attempt, piece)));
        string replayed = string.Empty;
        string? difference;
        try
        {
            (replayed, difference) = step.Hub is { } hub
                ? await ReportAsync(driver, hub, cancellationToken).ConfigureAwait(false)
                : await ExecuteAsync(driver, device, step, cancellationToken).ConfigureAwait(false);
            difference = line.Difference ?? difference
                ?? (line.RemainingOctets > 0 ? $"{port}: the replay ends {line.RemainingOctets} octets before the record does" : null);
        }
        catch (TransportException broken) when (broken.Code == "REPLAY-001")
        {
            difference = line.Difference;
        }

        return new ReplayedRequest(
            attempt.Case.Id, step.Index, step.Request?.Srv ?? step.Kind, device?.Id.Value ?? port,
            step.Hub?.Told ?? ReplayedAnswer.Text(step.Request!.Outcome!), replayed, difference, line.AllowedDifferences - clockWrites);
    }

    /// <summary>Carries out a service request as the bench did.</summary>
    private async Task<(string Replayed, string? Difference)> ExecuteAsync(
        IDeviceDriver driver, RigDevice? device, StepEvidence step, CancellationToken cancellationToken)
    {
        RequestEvidence request = step.Request!;
        SrvRequestBody body = BodyOf(request, step);
        IDeviceDriver asked = device?.Link.Hub is null ? driver : Behind(driver, device);
        foreach (SrvRequestBody read in ReadBefore(request, body))
        {
            _ = await asked.ExecuteAsync(read, cancellationToken).ConfigureAwait(false);
        }

        SrvResult result = await asked.ExecuteAsync(body, cancellationToken).ConfigureAwait(false);
        return (ReplayedAnswer.Text(result.Outcome), ReplayedAnswer.Compare(request, result.Outcome));
    }

    /// <summary>Asks a hub what it tells of itself, as a step did by no service request.</summary>
    private static async Task<(string Replayed, string? Difference)> ReportAsync(
        IDeviceDriver driver, HubReportEvidence recorded, CancellationToken cancellationToken)
    {
        HubReport report = await ((IHubReporting)driver).ReportAsync(recorded.TakesAlerts, cancellationToken).ConfigureAwait(false);
        string told = HubReportEvidence.Of(driver.Id, recorded.TakesAlerts, report).Told;
        return (told, told == recorded.Told ? null : $"the hub told '{recorded.Told}' and tells '{told}'");
    }

    /// <summary>The device that a step asked, by what it says of itself: the octets may be those of its hub, or of others too.</summary>
    private RigDevice? DeviceOf(StepEvidence step) => step.Hub is { } hub
        ? _rig.Devices.FirstOrDefault(device => device.Id.Value == hub.Device)
        : _rig.Devices.FirstOrDefault(device => device.Eui64.ToString() == step.Request?.Target
            && step.Wire.Any(piece => piece.Port == (device.Link.Hub ?? device.Id).Value));

    private IDeviceDriver Behind(IDeviceDriver hub, RigDevice device)
    {
        if (!_behind.TryGetValue(device.Id, out (IDeviceDriver Hub, IDeviceDriver Driver) known) || known.Hub != hub)
        {
            known = (hub, ((IHanGateway)hub).Behind(new HanDeviceOptions
            {
                Id = device.Id,
                Identifier = device.Eui64,
                Profile = DriverCatalog.ProfileOf(device, _profilesFolder),
            }));
            _behind[device.Id] = known;
        }

        return known.Driver;
    }

    private static SrvRequestBody BodyOf(RequestEvidence request, StepEvidence step)
    {
        SrvRequestBody body = DuisRequestReader.Read(MaskedRequest.Fill(request.Xml, step.Wire.Select(Octets))).Message.Body;
        return body is FirmwareUpdate update && Enum.TryParse(request.Delivery, out ImageDelivery delivery)
            ? update with { Delivery = delivery }
            : body;
    }

    /// <summary>What the bench asked the device before a command, to learn what it changes.</summary>
    private static IEnumerable<SrvRequestBody> ReadBefore(RequestEvidence request, SrvRequestBody body) =>
        UndoRules.ReadsBefore(body).Where(read => request.ReadBefore?.Contains(read.ServiceReferenceVariant) is true);

    /// <summary>The driver of a port, which draws for the associations of a step what was drawn then.</summary>
    private ValueTask<IDeviceDriver> LoadDrawsAsync(EvidenceDocument attempt, StepEvidence step, string port)
    {
        RigDevice device = _rig.Devices.FirstOrDefault(candidate => candidate.Id.Value == port)
            ?? throw Wrong("REPLAY-002", attempt, step, $"octets of the port {port}", $"a device of the rig {_rig.Name}");
        DeviceProfile? profile = DriverCatalog.FindProfile(device, _profilesFolder);
        if (profile is not null && !_draws.ContainsKey(port))
        {
            _draws[port] = new RecordedAssociations(profile, KeptKeys(device));
        }

        byte[] sent = Sent(step, port, device.Link.Framing);
        return _draws.GetValueOrDefault(port)?.TryLoad(device.Link.Framing, sent) is not false
            ? DriverOfAsync(attempt, step, device, profile)
            : throw Wrong(
                "REPLAY-004", attempt, step, $"octets of {port} in a ciphered association that no key opens",
                "the keys of that day, named by reference: under 'keys' of the device in the rig file or, once rotated, in the key "
                + "store of --data");
    }

    /// <summary>What the key store holds of a device; null without one. Nothing is written to it.</summary>
    private KeyRecord? KeptKeys(RigDevice device) =>
        _dataFolder is not null && KeyStoreKey.Find(_dataFolder) is { } storeKey
            ? RigBench.KeysOf(_rig, device, _dataFolder, storeKey).Read()
            : null;

    private async ValueTask<IDeviceDriver> DriverOfAsync(
        EvidenceDocument attempt, StepEvidence step, RigDevice device, DeviceProfile? profile)
    {
        // A step that begins with a connection needs nothing of the driver before it: the agent may have been started anew in between.
        string port = device.Id.Value;
        byte[] first = [.. Octets(step.Wire.First(piece => piece.Port == port)).Select(octet => octet ?? 0)];
        bool isConnection = BeginsConnection(device.Link.Framing, first);
        if (_drivers.TryGetValue(port, out IDeviceDriver? driver) && !isConnection)
        {
            return driver;
        }

        if (!isConnection)
        {
            throw Wrong(
                "REPLAY-003", attempt, step, "octets that begin inside an association",
                _notReplayed.TryGetValue(port, out string? before)
                    ? $"an attempt that connects anew: the association is that of {before}, which is no request and is not replayed"
                    : "the evidence of the attempts before this one on the same rig, named first");
        }

        if (driver is not null)
        {
            await driver.DisposeAsync().ConfigureAwait(false);
        }

        _notReplayed.Remove(port);
        _lines[port] = new ReplayTransport(port, _clock, IsClockWrite);
        driver = DriverCatalog.Create(
            new DriverNeeds(device, profile, _lines[port], TimeSpan.Zero)
            {
                Security = new MemorySecurityStore(),
                Time = _clock,
                Draws = _draws.GetValueOrDefault(port),
                Keys = _draws.GetValueOrDefault(port)?.Keys,
            });
        _drivers[port] = driver;
        return driver;
    }

    private async ValueTask ForgetAsync(string port, string step)
    {
        _draws.Remove(port);
        _notReplayed[port] = step;
        if (_drivers.Remove(port, out IDeviceDriver? driver))
        {
            await driver.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether both are a SET of a clock: it carries the time of its own sending.</summary>
    private static bool IsClockWrite(ReadOnlyMemory<byte> recorded, ReadOnlyMemory<byte> replayed) =>
        SetsClock(recorded.Span) && SetsClock(replayed.Span);

    /// <summary>Whether octets are a SET of a clock.</summary>
    internal static bool SetsClock(ReadOnlySpan<byte> octets) =>
        ApduIn(octets) is [(byte)ApduTag.SetRequest, _, _, 0, ClockClass, ..];

    /// <summary>The APDU of a write: behind the headers of HDLC, or of the wrapper; empty when it is neither.</summary>
    private static ReadOnlySpan<byte> ApduIn(ReadOnlySpan<byte> octets)
    {
        if (HdlcFrameCodec.Decode(octets, out HdlcFrame frame, out _, out _) == OperationStatus.Done)
        {
            return LlcHeader.Decode(frame.Information, out _, out int header, out _) == OperationStatus.Done
                ? frame.Information[header..]
                : [];
        }

        return WrapperHeader.Decode(octets, out _, out int wrapper, out _) == OperationStatus.Done ? octets[wrapper..] : [];
    }

    /// <summary>Whether a write is the first of a connection: SNRM on HDLC; the wrapper has none, so the association request.</summary>
    internal static bool BeginsConnection(LinkFraming framing, ReadOnlySpan<byte> octets) => framing switch
    {
        LinkFraming.Hdlc => HdlcFrameCodec.Decode(octets, out HdlcFrame frame, out _, out _) == OperationStatus.Done
            && frame.Control.Kind == HdlcFrameKind.Snrm,
        _ => ApduIn(octets) is [(byte)ApduTag.Aarq, ..],
    };

    /// <summary>What went to a device in a step, without gaps, so that frames in it can be read.</summary>
    internal static byte[] Sent(StepEvidence step, string port, LinkFraming framing) =>
    [
        .. step.Wire.Where(piece => piece.Port == port && piece.Direction == nameof(WireDirection.ToDevice))
            .SelectMany(piece => MaskedFrames.Restore(framing, Octets(piece))),
    ];

    /// <summary>Octets of the evidence as a piece of a record.</summary>
    internal static ReplayPiece Piece(EvidenceDocument attempt, WireEvidence piece)
    {
        byte?[] octets = Octets(piece);
        return new ReplayPiece(
            piece.Direction == nameof(WireDirection.ToDevice) ? WireDirection.ToDevice : WireDirection.FromDevice,
            attempt.Started + TimeSpan.FromMicroseconds(piece.OffsetMicroseconds),
            octets.Select(octet => octet ?? 0).ToArray(),
            MaskedFrames.Known(octets));
    }

    private static byte?[] Octets(WireEvidence piece) => [.. piece.Values()];

    private static ConfigurationException Wrong(string code, EvidenceDocument attempt, StepEvidence step, string found, string allowed) =>
        new(code, $"evidence of {attempt.Case.Id}", 0, 0, $"steps[{step.Index}].wire", found, allowed);
}
