using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Survey;
using DeviceHarness.Duis;

namespace DeviceHarness.Agent.Survey;

/// <summary>First contact with the devices in the network of an adapter: nodes, endpoints, clusters, Basic attributes, and a rig file with
/// profiles to begin with.</summary>
/// <remarks>The network stays as it is found: nothing is formed or joined, nobody is let in, nothing is written.</remarks>
public static class HanSurvey
{
    private const string NoNetwork = "SURV-030";
    private const string NoNodes = "SURV-031";
    private const string NodeProblem = "SURV-032";

    /// <summary>Surveys the network of an adapter.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="adapter">The adapter's name in it.</param>
    /// <param name="outFolder">The folder that gets the drafts; it must not be there yet.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="told">Is told where the survey stands.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it; what is known by then is kept and told.</param>
    /// <exception cref="HarnessException">The adapter is missing, held by an agent, or does not do its work; or the folder is there
    /// already.</exception>
    /// <exception cref="IOException">The drafts cannot be written.</exception>
    public static async Task<SurveyReport> RunAsync(
        RigConfiguration rig, string adapter, string outFolder, string dataFolder, Action<string> told, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(told);
        HanBench bench = await OpenAsync(rig, adapter, dataFolder, time, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = bench.ConfigureAwait(false);
        told($"{adapter}: {bench.Firmware}; {bench.Network?.ToString() ?? "in no network"}");
        return await RunAsync(
            rig, bench.Adapter, bench.Radio, new SurveyFolder(outFolder), told, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Surveys a network that is up.</summary>
    internal static async Task<SurveyReport> RunAsync(
        RigConfiguration rig, RigAdapter adapter, HanNetwork network, SurveyFolder folder, Action<string> told, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ulong[] supposed = [.. rig.Devices.Where(device => device.Link.Adapter == adapter.Name).Select(device => device.Eui64.Value)];
        HanReading reading = new(network, supposed, told);
        bool isInterrupted = false;
        try
        {
            if (network.Network is not null)
            {
                await reading.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            isInterrupted = true;
        }

        HanDraft draft = new(rig, adapter, reading.Nodes, time.GetUtcNow());
        if (draft.WriteRig() is { } text)
        {
            folder.WriteRig(text);
            foreach ((string name, string profile) in draft.Profiles)
            {
                folder.WriteProfile(name, profile, isHan: true);
            }
        }

        IReadOnlyList<SurveyProblem> problems = Problems(adapter, network.Network is not null, reading.Nodes);
        SurveyEnd end = isInterrupted ? SurveyEnd.Interrupted
            : reading.Nodes.Count == 0 ? SurveyEnd.NothingFound
            : problems.Count > 0 ? SurveyEnd.Incomplete
            : SurveyEnd.Known;
        string json = Json(adapter, network, end, reading.Nodes, problems);
        folder.WriteJson(json);
        return new SurveyReport(end, [.. reading.Nodes.SelectMany(Lines)], SurveyReport.Told(problems), folder.Files, json);
    }

    private static async Task<HanBench> OpenAsync(
        RigConfiguration rig, string adapter, string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await HanBench.OpenAsync(rig, adapter, dataFolder, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException held) when (held.Code is "AGENT-002" or "TRAN-002")
        {
            string path = held.Code == "AGENT-002" ? held.Port : HanBench.AdapterOf(rig, adapter).Port;
            IReadOnlyList<string> holders = path.Length > 0 ? PortHolders.Of("/", path) : [];
            string who = holders.Count > 0 ? $"; held by {string.Join(", ", holders)}" : string.Empty;
            throw new TransportException(held.Code, held.Message + who, held.Port, held);
        }
    }

    private static IReadOnlyList<SurveyProblem> Problems(RigAdapter adapter, bool isInNetwork, IReadOnlyList<SurveyedNode> nodes)
    {
        if (!isInNetwork)
        {
            return
            [
                new SurveyProblem(
                    NoNetwork, $"{adapter.Name} is in no network, and a survey joins none",
                    adapter.IsTrustCentre ? "harness han form, then harness han permit" : "harness han join"),
            ];
        }

        return nodes.Count == 0
            ?
            [
                new SurveyProblem(
                    NoNodes, $"{adapter.Name} knows no device in its network",
                    "let devices in by harness han permit; one that sleeps is known once it was heard"),
            ]
            : [.. nodes.Where(node => node.Problem.Length > 0).Select(node => new SurveyProblem(
                NodeProblem, $"{new Eui64(node.Node.Eui64)}: {node.Problem}",
                "survey once more when it is awake and in reach; what needs a link key is told to nobody without one"))];
    }

    private static IEnumerable<string> Lines(SurveyedNode node)
    {
        (string? type, string reason) = HanDraft.TypeOf(node);
        string maker = node.Node.ManufacturerCode is { } code
            ? string.Create(CultureInfo.InvariantCulture, $", manufacturer {code:X4}")
            : string.Empty;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{new Eui64(node.Node.Eui64)}: {node.Node.Kind}, address {node.Node.NodeId:X4}{maker}; {type ?? "not drafted"} ({reason})");
        foreach (HanEndpoint endpoint in node.Node.Endpoints)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  endpoint {endpoint.Number}: profile {endpoint.Profile:X4}, device {endpoint.DeviceId:X4}; serves "
                + $"{string.Join(' ', endpoint.InputClusters.Select(Hexadecimal))}; uses "
                + $"{string.Join(' ', endpoint.OutputClusters.Select(Hexadecimal))}");
        }

        foreach (KeyValuePair<string, string> value in node.Basic)
        {
            yield return $"  {value.Key}: {DraftText.Plain(value.Value)}";
        }
    }

    private static string Hexadecimal(ushort number) => number.ToString("X4", CultureInfo.InvariantCulture);

    private static string Json(
        RigAdapter adapter, HanNetwork network, SurveyEnd end, IReadOnlyList<SurveyedNode> nodes, IReadOnlyList<SurveyProblem> problems) =>
        JsonSerializer.Serialize(
            new
            {
                Adapter = adapter.Name,
                Firmware = network.Identity is { } identity ? $"{identity.Protocol}, firmware {identity.Firmware}" : string.Empty,
                End = end,
                Network = network.Network is { } joined ? HanBench.ListingOf(joined) : null,
                Nodes = nodes.Select(node => new
                {
                    Eui64 = new Eui64(node.Node.Eui64).ToString(),
                    NodeId = Hexadecimal(node.Node.NodeId),
                    node.Node.Kind,
                    ManufacturerCode = node.Node.ManufacturerCode is { } code ? Hexadecimal(code) : null,
                    node.IsTrustCentre,
                    Type = HanDraft.TypeOf(node).Type,
                    Endpoints = node.Node.Endpoints.Select(endpoint => new
                    {
                        endpoint.Number,
                        Profile = Hexadecimal(endpoint.Profile),
                        Device = Hexadecimal(endpoint.DeviceId),
                        Serves = endpoint.InputClusters.Select(Hexadecimal),
                        Uses = endpoint.OutputClusters.Select(Hexadecimal),
                    }),
                    Basic = node.Basic.ToDictionary(),
                    node.MeteringType,
                    node.Problem,
                }),
                Problems = problems,
            },
            LineSurveyText.Options);
}
