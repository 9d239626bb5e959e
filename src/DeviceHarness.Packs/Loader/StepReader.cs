using System.Xml;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads one step: its common keys, and those of its kind.</summary>
internal static class StepReader
{
    /// <summary>The longest time that one step may ask for.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromHours(24);

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WaitMargin = TimeSpan.FromSeconds(5);
    private static readonly IReadOnlyDictionary<string, DeviceStatus> Statuses =
        Enum.GetValues<DeviceStatus>().ToDictionary(status => status.ToString(), StringComparer.Ordinal);

    private static readonly IReadOnlyDictionary<string, Func<ConfigurationNode, ConfigurationNode, PackScope, PackStep>> Kinds =
        new Dictionary<string, Func<ConfigurationNode, ConfigurationNode, PackScope, PackStep>>(StringComparer.Ordinal)
        {
            [RequestStep.Key] = ReadRequest,
            [WaitStep.Key] = ReadWait,
            [InventoryStep.Key] = ReadInventory,
        };

    /// <summary>Reads a step, and defines its captures for those that follow.</summary>
    public static PackStep Read(ConfigurationNode node, PackScope scope)
    {
        string[] kinds = [.. Kinds.Keys.Where(key => node.Find(key) is not null)];
        if (kinds is not [string kind])
        {
            string found = kinds.Length == 0 ? $"a step with the keys {string.Join(", ", node.Keys)}" : string.Join(" and ", kinds);
            throw node.Fault(PackFaults.StepKind, found, $"exactly one of {string.Join(", ", Kinds.Keys)}");
        }

        PackStep step = Kinds[kind](node, node.Require(kind), scope);
        foreach (string capture in step.Captures)
        {
            scope.Define(capture);
        }

        return step;
    }

    /// <summary>Reads a device's status in the inventory.</summary>
    public static DeviceStatus ReadStatus(ConfigurationNode node) => node.AsOneOf(Statuses);

    /// <summary>The names that the captures of a step define, before anything else of it is read.</summary>
    public static IEnumerable<(string Name, ConfigurationNode Path)> CapturesOf(ConfigurationNode step) =>
        step.Find("capture") is { } captures ? captures.Keys.Select(name => (name, captures.Require(name))) : [];

    private static WaitStep ReadWait(ConfigurationNode step, ConfigurationNode node, PackScope scope)
    {
        TimeSpan duration = node.AsDuration(TimeSpan.Zero, MaximumTime);
        (string name, TimeSpan timeout) = ReadCommon(step, $"wait {node.AsText()}", duration + WaitMargin);
        step.RejectOtherKeys();
        return new WaitStep { Name = name, Timeout = timeout, Duration = duration };
    }

    private static InventoryStep ReadInventory(ConfigurationNode step, ConfigurationNode node, PackScope scope)
    {
        string role = node.Find("device") is { } device ? scope.ReadDeviceRole(device) : scope.Device;
        DeviceStatus status = ReadStatus(node.Require("status"));
        node.RejectOtherKeys();
        (string name, TimeSpan timeout) = ReadCommon(step, $"inventory: {role} {status}", DefaultTimeout);
        step.RejectOtherKeys();
        return new InventoryStep { Name = name, Timeout = timeout, DeviceRole = role, Status = status };
    }

    private static RequestStep ReadRequest(ConfigurationNode step, ConfigurationNode node, PackScope scope)
    {
        ConfigurationNode? xml = node.Find("xml");
        SrvEntry? entry = xml is null || node.Find("srv") is not null ? CatalogueReader.ReadVariant(node.Require("srv")) : null;
        (string? role, TextTemplate? target) = ReadTarget(node, scope);
        RequestTemplate request = new()
        {
            ServiceReferenceVariant = entry?.Srv ?? string.Empty,
            ElementName = entry?.RequestElement ?? string.Empty,
            CommandVariant = ReadCommandVariant(node, entry, xml),
            Role = node.Find("role") is { } user ? CatalogueReader.ReadRole(user) : CatalogueReader.DefaultRole,
            DeviceRole = role ?? scope.Device,
            Target = target,
            Body = ReadBody(node, xml, scope),
            Xml = xml is null ? null : scope.ReadText(xml, isRequestXml: true),
            IsCritical = entry is null || entry.Criticality == SrvCriticality.Critical,
        };
        node.RejectOtherKeys();
        if (xml is null)
        {
            SampleVariables.CheckBody(node.Find("body") ?? node, request);
        }

        string fallback = request.Xml is null ? $"request {request.ServiceReferenceVariant}" : "request written as XML";
        (string name, TimeSpan timeout) = ReadCommon(step, fallback, DefaultTimeout);
        RequestStep read = new()
        {
            Name = name,
            Timeout = timeout,
            Request = request,
            Expectation = ExpectationReader.Read(step.Find("expect"), entry?.Criticality ?? SrvCriticality.NonCritical, scope),
            CaptureList = [.. CapturesOf(step).Select(capture => ReadCapture(capture.Name, capture.Path))],
        };
        step.RejectOtherKeys();
        return read;
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
            ? ReadElements(body, scope)
            : throw body.Fault(PackFaults.RequestBody, "'body' beside 'xml'", "nothing: the XML holds it");
    }

    private static List<BodyElement> ReadElements(ConfigurationNode node, PackScope scope)
    {
        List<BodyElement> elements = [];
        foreach (string name in node.Keys)
        {
            ConfigurationNode value = node.Require(name);
            if (name.Length == 0 || !XmlConvert.IsStartNCNameChar(name[0]) || !name.All(XmlConvert.IsNCNameChar))
            {
                throw value.Fault(PackFaults.RequestBody, $"the key '{name}'", "the name of an XML element");
            }

            elements.Add(value.IsMapping
                ? new BodyElement(name, Value: null, ReadElements(value, scope))
                : new BodyElement(name, scope.ReadText(value), Children: []));
        }

        return elements;
    }

    private static Capture ReadCapture(string name, ConfigurationNode node)
    {
        string path = node.AsText();
        bool isName = name.Length > 0 && char.IsAsciiLetter(name[0])
            && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
        if (!isName || BuiltInVariables.Reserved.Contains(name))
        {
            throw node.Fault(PackFaults.UnknownVariable, $"the name '{name}'",
                $"letters, digits and _, a letter first, and none of {Listed(BuiltInVariables.Reserved)}");
        }

        return Capture.Keywords.Contains(path) || (path.Length > 0 && char.IsAsciiLetterUpper(path[0]))
            ? new Capture(name, path)
            : throw node.Fault(PackFaults.Expectation, $"'{path}'",
                $"a path of the response body such as FirmwareVersion, or one of {Listed(Capture.Keywords)}");
    }

    private static string Listed(IReadOnlySet<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));

    private static (string Name, TimeSpan Timeout) ReadCommon(ConfigurationNode step, string fallbackName, TimeSpan fallbackTimeout) => (
        step.Find("name")?.AsText() ?? fallbackName,
        step.Find("timeout")?.AsDuration(TimeSpan.FromMilliseconds(1), MaximumTime) ?? fallbackTimeout);
}
