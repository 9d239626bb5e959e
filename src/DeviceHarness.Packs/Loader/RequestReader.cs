using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads a step that sends a Service Request.</summary>
internal static class RequestReader
{
    /// <summary>The most times that a step may be repeated.</summary>
    public const int MaximumTimes = 100;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The words for the service that a request is posted to.</summary>
    public static IReadOnlyDictionary<string, ServicePath> Paths { get; } = new Dictionary<string, ServicePath>(StringComparer.Ordinal)
    {
        ["send-command"] = ServicePath.SendCommand,
        ["transform"] = ServicePath.Transform,
        ["non-device"] = ServicePath.NonDevice,
    };

    /// <summary>The words for how the bench brings an image to the device.</summary>
    public static IReadOnlyDictionary<string, ImageDelivery> Deliveries { get; } =
        new Dictionary<string, ImageDelivery>(StringComparer.Ordinal)
        {
            ["checked"] = ImageDelivery.Checked,
            ["unchecked"] = ImageDelivery.Unchecked,
            ["interrupted"] = ImageDelivery.Interrupted,
        };

    /// <summary>Reads the step.</summary>
    /// <returns>The step, or as many as <c>times</c> makes of it.</returns>
    public static IReadOnlyList<PackStep> Read(ConfigurationNode step, ConfigurationNode node, int number, PackScope scope)
    {
        FaultList faults = scope.Faults;
        int before = faults.Count;
        ConfigurationNode? xml = node.Find("xml");
        SrvEntry? entry = xml is null || node.Find("srv") is not null
            ? faults.Read(() => CatalogueReader.ReadVariant(node.Require("srv")))
            : null;
        RequestTemplate request = ReadRequest(node, xml, entry, scope);
        faults.RejectOtherKeys(node);
        if (xml is null && faults.Count == before)
        {
            faults.Try(() => SampleVariables.CheckBody(node.Find("body") ?? node, request));
        }

        ServiceExpectation expectation = faults.Read(() =>
            ExpectationReader.Read(step.Find("expect"), entry, scope))
            ?? ExpectationReader.Healthy;
        string fallback = request.Xml is null ? $"request {request.ServiceReferenceVariant}" : "request written as XML";
        StepHead head = StepReader.ReadHead(step, number, fallback, DefaultTimeout, scope, canMiss: true);
        IReadOnlyList<Capture> captures = faults.Read(() => ReadCaptures(step.Find("capture"), faults)) ?? [];
        StepChange change = faults.Read(() => step.Find("change") is { } stated ? stated.AsOneOf(StepChanges.Names) : (StepChange?)null)
            ?? ChangeOf(entry, request, expectation);
        int times = faults.Read(() => ReadTimes(step.Find("times"), captures)) ?? 1;
        faults.RejectOtherKeys(step);
        IReadOnlyList<RequestStep> steps =
        [
            .. Enumerable.Range(1, times).Select(turn => new RequestStep
            {
                Number = number,
                Name = times == 1 ? head.Name : string.Create(CultureInfo.InvariantCulture, $"{head.Name} ({turn} of {times})"),
                Timeout = head.Timeout,
                When = head.When,
                OnMiss = head.OnMiss,
                Change = change,
                Repeat = head.Repeat,
                Request = request,
                Expectation = expectation,
                CaptureList = captures,
            }),
        ];
        if (head.Repeat is not null)
        {
            faults.Try(() => RepeatReader.CheckRequest(step, steps));
        }

        return steps;
    }

    private static RequestTemplate ReadRequest(ConfigurationNode node, ConfigurationNode? xml, SrvEntry? entry, PackScope scope)
    {
        FaultList faults = scope.Faults;
        (string? role, TextTemplate? target) = faults.Read(() => ReadTarget(node, scope));
        return new RequestTemplate
        {
            ServiceReferenceVariant = entry?.Srv ?? string.Empty,
            ElementName = entry?.RequestElement ?? string.Empty,
            CommandVariant = faults.Read(() => ReadCommandVariant(node, entry, xml)),
            Role = faults.Read(() =>
                node.Find("role") is { } user ? CatalogueReader.ReadRole(user) : CatalogueReader.DefaultRole)!,
            DeviceRole = role ?? scope.Device,
            Target = target,
            Body = faults.Read(() => ReadBody(node, xml, scope)) ?? [],
            Xml = xml is null ? null : faults.Read(() => scope.ReadRequestXml(xml)),
            IsCritical = entry is null || entry.Criticality == SrvCriticality.Critical,
            Delivery = faults.Read(() => ReadDelivery(node.Find("delivery"), entry)),
            PowerCut = faults.Read(() => PowerStepReader.ReadCut(node.Find("cut-power"), entry, scope)),
            LosesResponse = faults.Read(() => node.Find("lose-response")?.AsBoolean() ?? false),
            Path = faults.Read(() => node.Find("via") is { } via ? via.AsOneOf(Paths) : (ServicePath?)null),
        };
    }

    private static ImageDelivery ReadDelivery(ConfigurationNode? node, SrvEntry? entry) => node is null
        ? ImageDelivery.Checked
        : entry is not null && FirmwareUpdate.Variants.Contains(entry.Srv)
            ? node.AsOneOf(Deliveries)
            : throw node.Fault(PackFaults.RequestBody, $"'delivery' beside {entry?.Srv ?? "a request without a variant"}",
                $"nothing: it is for {string.Join(" and ", FirmwareUpdate.Variants)}, which bring an image");

    /// <summary>A device that takes an image which it had to reject may not come back: nothing undoes that.</summary>
    private static StepChange ChangeOf(SrvEntry? entry, RequestTemplate request, ServiceExpectation expectation) =>
        !expectation.ReachesDevice ? StepChange.None
        : entry is null || request.Delivery == ImageDelivery.Unchecked ? StepChange.Irreversible
        : StepChanges.Of(entry);

    private static int? ReadTimes(ConfigurationNode? node, IReadOnlyList<Capture> captures)
    {
        int? times = (int?)node?.AsInteger(2, MaximumTimes);
        return times is null || captures.Count == 0
            ? times
            : throw node!.Fault(PackFaults.StepReference, "'times' beside 'capture'", "one of them: each turn would capture anew");
    }

    private static (string? Role, TextTemplate? Target) ReadTarget(ConfigurationNode node, PackScope scope)
    {
        ConfigurationNode? device = node.Find("device");
        if (node.Find("target") is not { } target)
        {
            return (device is null ? null : scope.ReadDeviceRole(device), null);
        }

        if (device is not null)
        {
            throw target.Fault(PackFaults.RequestBody, "both 'target' and 'device'", "one of them");
        }

        TextTemplate text = scope.ReadText(target);
        return text.References.Any() || Eui64.TryParse(text.Text, out _)
            ? (null, text)
            : throw target.Fault(PackFaults.RequestBody, $"'{text.Text}'", "an EUI-64 such as 90-B3-D5-1F-30-01-00-00");
    }

    private static int ReadCommandVariant(ConfigurationNode node, SrvEntry? entry, ConfigurationNode? xml)
    {
        if (node.Find("command-variant") is not { } variant)
        {
            return entry is null ? DuisRequest.MinCommandVariant : CatalogueReader.DefaultCommandVariant(entry);
        }

        return xml is null
            ? (int)variant.AsInteger(DuisRequest.MinCommandVariant, DuisRequest.MaxCommandVariant)
            : throw variant.Fault(PackFaults.RequestBody, "'command-variant' beside 'xml'", "nothing: the XML states it");
    }

    private static IReadOnlyList<BodyElement> ReadBody(ConfigurationNode node, ConfigurationNode? xml, PackScope scope)
    {
        if (node.Find("body") is not { } body)
        {
            return [];
        }

        return xml is null
            ? BodyReader.Read(body, scope)
            : throw body.Fault(PackFaults.RequestBody, "'body' beside 'xml'", "nothing: the XML holds it");
    }

    /// <summary>Reads what a step keeps for later ones.</summary>
    public static List<Capture> ReadCaptures(ConfigurationNode? node, FaultList faults)
    {
        List<Capture> captures = [];
        foreach (string name in node?.Keys ?? [])
        {
            if (faults.Read(() => ReadCapture(name, node!.Require(name))) is { } capture)
            {
                captures.Add(capture);
            }
        }

        return captures;
    }

    private static Capture ReadCapture(string name, ConfigurationNode node)
    {
        string path = node.AsText();
        CheckName(name, node);
        return Capture.Keywords.Contains(path) || (path.Length > 0 && char.IsAsciiLetterUpper(path[0]))
            ? new Capture(name, path)
            : throw node.Fault(PackFaults.Expectation, $"'{path}'",
                $"a path of the response body such as FirmwareVersion, or one of {Listed(Capture.Keywords)}");
    }

    /// <summary>Checks the name under which a step keeps a value.</summary>
    public static string CheckName(string name, ConfigurationNode node)
    {
        bool isName = name.Length > 0 && char.IsAsciiLetter(name[0])
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        return isName && !BuiltInVariables.Reserved.Contains(name)
            ? name
            : throw node.Fault(PackFaults.UnknownVariable, $"the name '{name}'",
                $"letters, digits and _, a letter first, and none of {Listed(BuiltInVariables.Reserved)}");
    }

    private static string Listed(IReadOnlySet<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));
}
