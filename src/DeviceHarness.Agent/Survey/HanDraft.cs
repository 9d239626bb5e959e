using System.Globalization;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis;

namespace DeviceHarness.Agent.Survey;

/// <summary>Writes a rig file and profiles from what a survey of a home area network saw. A node that is no kind of device which the
/// harness drives stays out, and is named in a comment.</summary>
internal sealed class HanDraft(RigConfiguration rig, RigAdapter adapter, IReadOnlyList<SurveyedNode> nodes, DateTimeOffset now)
{
    private const long Electricity = 0;
    private const long Gas = 1;
    private const long MirroredGas = 128;
    private const ushort InPremisesDisplay = 0x0502;
    private const ushort PrepaymentTerminal = 0x0507;

    private readonly Dictionary<string, int> _counts = [];

    /// <summary>The profiles by their names.</summary>
    internal Dictionary<string, string> Profiles { get; } = [];

    /// <summary>Writes the rig file; the profiles are there after it.</summary>
    /// <returns>The text; null when no node is of a kind that is driven.</returns>
    internal string? WriteRig()
    {
        List<string> devices = [];
        List<string> others = [];
        foreach (SurveyedNode node in nodes)
        {
            (string? type, string reason) = TypeOf(node);
            if (type is null)
            {
                others.Add($"# not drafted: {new Eui64(node.Node.Eui64)}, {reason}");
                continue;
            }

            devices.AddRange(Device(node, type, reason));
        }

        return devices.Count == 0
            ? null
            : string.Join(
                '\n',
                [
                    .. RigDraft.Head($"Drafted by harness survey of the adapter {adapter.Name}, and tried by nobody", now),
                    "adapters:", .. Adapter(), string.Empty, "devices:", .. devices, .. others,
                ]) + "\n";
    }

    /// <summary>What kind of device a node is, and why; null for none that is driven.</summary>
    internal static (string? Type, string Reason) TypeOf(SurveyedNode node)
    {
        bool isMeter = node.Node.EndpointServing(ClusterCatalogue.Metering.Id) is not null;
        bool isDisplay = node.Node.Endpoints.Any(endpoint => endpoint.DeviceId is InPremisesDisplay or PrepaymentTerminal);
        return node switch
        {
            { IsTrustCentre: true } => (SmartEnergyProfile.CommsHub, "seen: it is the trust centre"),
            { MeteringType: Gas } => (SmartEnergyProfile.Gsme, "seen: it measures gas (Metering 0306)"),
            { MeteringType: MirroredGas } => (SmartEnergyProfile.Gpf, "seen: it mirrors a gas meter (Metering 0306)"),
            { MeteringType: Electricity } => (SmartEnergyProfile.Esme, "seen: it measures electricity (Metering 0306)"),
            { Node.IsSleepy: true } when isMeter => (SmartEnergyProfile.Gsme, "GUESS: a meter that sleeps"),
            _ when isDisplay => (SmartEnergyProfile.Ppmid, "GUESS: a display by its device identifier"),
            _ when isMeter => (null, "a meter that does not tell what it measures"),
            { Problem.Length: > 0 } => (null, DraftText.Plain(node.Problem)),
            _ => (null, "no meter, display or trust centre"),
        };
    }

    private List<string> Adapter()
    {
        List<string> lines = [$"  {adapter.Name}:", $"    kind: {adapter.Kind}"];
        lines.AddRange(adapter.IsVirtual
            ? ["    via: virtual", $"    model: {DraftText.Quoted(Path.Combine(rig.Folder, adapter.Model))}"]
            :
            [
                "    via: serial", $"    port: {DraftText.Quoted(adapter.Port)}",
                string.Create(CultureInfo.InvariantCulture, $"    baud: {adapter.Baud}"),
                $"    flow-control: {(adapter.HasHardwareFlowControl ? "rts-cts" : "xon-xoff")}",
            ]);
        lines.Add($"    role: {(adapter.IsTrustCentre ? "trust-centre" : "joiner")}");
        if (adapter.TestAuthority is { } authority)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"    test-authority: {authority}"));
        }

        if (adapter.Certificates is { } folder)
        {
            lines.Add($"    certificates: {DraftText.Quoted(folder)}");
        }

        if (adapter.AgreesOnKeysItself)
        {
            lines.Add("    key-establishment: adapter");
        }

        if (!adapter.IsTrustCentre)
        {
            lines.Add("    secrets: { install-code: \"file:install-code.txt\" }    # GUESS: where the adapter's code is");
        }

        int[] channels = [.. Enumerable.Range(11, 16).Where(channel => (adapter.Channels & (1u << channel)) != 0)];
        lines.Add($"    channels: [ {string.Join(", ", channels)} ]    # as in {DraftText.Plain(Path.GetFileName(rig.File))}");
        return lines;
    }

    private IEnumerable<string> Device(SurveyedNode node, string type, string reason)
    {
        int number = _counts[type] = _counts.GetValueOrDefault(type) + 1;
        string name = string.Create(CultureInfo.InvariantCulture, $"{type.ToLowerInvariant()}-{number:D2}");
        string profile = $"survey-{name}";
        Profiles[profile] = Profile(node, profile, type, reason);
        yield return $"  {name}:";
        yield return $"    type: {type}    # {reason}";
        yield return $"    eui64: {new Eui64(node.Node.Eui64)}    # seen";
        yield return "    smets: 1    # GUESS";
        if (node.SoftwareBuild.Length > 0)
        {
            yield return $"    firmware: {DraftText.Quoted(node.SoftwareBuild)}    # seen: Basic 4000";
        }

        yield return $"    profile: {profile}";
        yield return $"    link: {{ via: han, adapter: {adapter.Name} }}";
        if (node.SoftwareBuild.Length > 0)
        {
            yield return "    # Packs hold the device against this: the device told it, so compare it with its papers first.";
            yield return $"    facts: {{ baseline-firmware: {DraftText.Quoted(node.SoftwareBuild)} }}";
        }

        yield return "    # secrets: { install-code: \"file:…\" } lets it join a network that is formed anew; the code is on its label.";
    }

    private string Profile(SurveyedNode node, string name, string type, string reason)
    {
        List<string> lines =
        [
            $"# yaml: a draft that 'harness survey' wrote on {DraftText.Moment(now)} of {new Eui64(node.Node.Eui64)}.",
            $"profile: {name}",
            "description: Drafted by harness survey, and tried by nobody",
            $"device-type: {type}    # {reason}",
            $"protocol: {SmartEnergyProfile.Protocol}",
            "smart-energy: \"1.2\"    # GUESS: the newest that the harness speaks",
        ];
        foreach (KeyValuePair<string, string> value in node.Basic)
        {
            lines.Add($"# seen, Basic: {value.Key} {DraftText.Plain(value.Value)}");
        }

        lines.AddRange(node.Node.Endpoints.Select(endpoint => string.Create(
            CultureInfo.InvariantCulture,
            $"# seen: endpoint {endpoint.Number}, profile {endpoint.Profile:X4}, device {endpoint.DeviceId:X4}, "
            + $"serves {Clusters(endpoint.InputClusters)}, uses {Clusters(endpoint.OutputClusters)}")));
        if (node.Node.IsSleepy)
        {
            lines.Add("wake-interval: 30m    # seen that it sleeps; GUESS: how often it wakes");
        }

        lines.Add("response-timeout: 10s    # GUESS: what this harness usually has");
        lines.Add((node.SoftwareBuild.Length > 0, node.Uses(ClusterCatalogue.OtaUpgrade.Id)) switch
        {
            (true, _) => "firmware-version: software-build    # seen: Basic 4000",
            (_, true) => "firmware-version: ota-file-version    # GUESS: it uses the OTA cluster, and may tell its version there",
            _ => "firmware-version: software-build    # GUESS",
        });
        return string.Join('\n', lines) + "\n";
    }

    private static string Clusters(IReadOnlyList<ushort> clusters) => clusters.Count == 0
        ? "nothing"
        : string.Join(' ', clusters.Select(cluster => cluster.ToString("X4", CultureInfo.InvariantCulture)));
}
