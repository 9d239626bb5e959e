using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Recorded;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Transports.Recording;

namespace DeviceHarness.Agent.Replay;

/// <summary>What passed the port of a device in recorded attempts: one file of evidence, or all of a folder, in the order in which they
/// began.</summary>
/// <remarks>The octets come again one by one, so what a driver drew then must be drawn again: challenges, dedicated keys, invocation
/// counters and invoke ids are taken out of the record. Nothing is ciphered anew, and no answer is made up.</remarks>
internal sealed class RecordedSession
{
    private readonly RigDevice _device;
    private readonly string _file;
    private readonly IReadOnlyList<(EvidenceDocument Attempt, StepEvidence Step)> _steps;
    private readonly string _port;

    private RecordedSession(
        RigDevice device, string file, string port, IReadOnlyList<(EvidenceDocument Attempt, StepEvidence Step)> steps,
        IReadOnlyList<ReplayPiece> pieces)
    {
        _device = device;
        _file = file;
        _port = port;
        _steps = steps;
        Pieces = pieces;
    }

    /// <summary>The octets, in order; the first went to the device.</summary>
    public IReadOnlyList<ReplayPiece> Pieces { get; }

    /// <summary>Reads the record that a rig file names for a device.</summary>
    /// <exception cref="ConfigurationException">RIG-005: no such file or folder. EVID-001: it is no evidence. EVID-002: the folder holds
    /// none. REPLAY-003: it has no octets of the device, its octets were left out, or they do not begin with octets to the
    /// device.</exception>
    public static RecordedSession Read(RigDevice device, RigConfiguration rig)
    {
        string file = Path.Combine(rig.Folder, device.Link.Model);
        return Path.Exists(file)
            ? Of(device, EvidenceReader.ReadAll(file), file)
            : throw new ConfigurationException(
                "RIG-005", rig.File, 0, 0, $"devices.{device.Id}.link.via", $"no file or folder {file}", "the evidence of attempts");
    }

    /// <summary>Takes the octets of the device's port; of the only port, where the record has another name for it.</summary>
    /// <exception cref="ConfigurationException">REPLAY-003, as of <see cref="Read"/>.</exception>
    internal static RecordedSession Of(RigDevice device, IReadOnlyList<EvidenceDocument> attempts, string file)
    {
        string[] ports =
            [.. attempts.SelectMany(attempt => attempt.Steps).SelectMany(step => step.Wire).Select(piece => piece.Port).Distinct()];
        string? port = ports.Contains(device.Id.Value) ? device.Id.Value : ports.Length == 1 ? ports[0] : null;
        (EvidenceDocument Attempt, StepEvidence Step)[] steps =
        [
            .. attempts.SelectMany(attempt => attempt.Steps.Select(step => (attempt, step)))
                .Where(pair => pair.step.Wire.Any(piece => piece.Port == port)),
        ];
        ReplayPiece[] pieces =
        [
            .. steps.SelectMany(pair => pair.Step.Wire.Where(piece => piece.Port == port)
                    .Select(piece => AttemptReplay.Piece(pair.Attempt, piece)))
                .Where(piece => !piece.Octets.IsEmpty),
        ];
        string problem = (attempts.FirstOrDefault(attempt => attempt.LeftOut.Length > 0), pieces) switch
        {
            ({ } cut, _) => $"evidence of {cut.Case.Id} without {cut.LeftOut}",
            (_, []) => $"no octets of {device.Id}; it has those of {string.Join(", ", ports)}",
            (_, [{ Direction: not WireDirection.ToDevice }, ..]) => "octets that begin with an answer",
            _ => string.Empty,
        };
        return problem.Length == 0
            ? new RecordedSession(device, file, port!, steps, pieces)
            : throw new ConfigurationException(
                "REPLAY-003", file, 0, 0, "steps.wire", problem, "whole evidence of attempts that began with octets to the device");
    }

    /// <summary>What is drawn for the associations of the record, in their order, again and again.</summary>
    /// <param name="profile">The device's profile with the rig file's overrides and keys.</param>
    /// <param name="kept">What the device's key store holds; null when there is none, or it holds nothing.</param>
    /// <exception cref="ConfigurationException">REPLAY-004: an association is ciphered, and no key that is named opens it, or another key
    /// than the one before it does. A key that profile or rig file name is missing or wrong.</exception>
    public RecordedAssociations Draws(DeviceProfile profile, KeyRecord? kept)
    {
        RecordedAssociations draws = new(profile, kept) { IsEndless = true };
        IDeviceKeyStore? keys = null;
        for (int index = 0; index < _steps.Count; index++)
        {
            (EvidenceDocument attempt, StepEvidence step) = _steps[index];
            if (!draws.TryLoad(_device.Link.Framing, AttemptReplay.Sent(step, _port, _device.Link.Framing)))
            {
                throw Undecipherable(
                    attempt, step, "is ciphered under a key that none of those opens that are named",
                    "the encryption and authentication key of that day, named by reference under 'keys' of the device in the rig file or, "
                    + "once rotated, in the key store of --data");
            }

            if (index > 0 && !Equals(keys?.Read()?.Active, draws.Keys?.Read()?.Active))
            {
                throw Undecipherable(
                    attempt, step, "is ciphered under another key than the one before it: the record holds a key rotation, which draws "
                    + "new keys and cannot come again",
                    "the evidence from before the rotation, or that from after it");
            }

            keys = draws.Keys;
        }

        return draws;
    }

    private ConfigurationException Undecipherable(EvidenceDocument attempt, StepEvidence step, string found, string allowed) => new(
        "REPLAY-004", _file, 0, 0, $"{attempt.Case.Id} steps[{step.Index}].wire", $"the association with {_device.Id} {found}", allowed);
}
