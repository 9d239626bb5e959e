using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Migration;
using DeviceHarness.Duis.Service;
using DeviceHarness.Transports.Faulty;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads and checks a rig file whole, before anything runs.</summary>
public static partial class RigConfigurationReader
{
    internal static readonly Dictionary<string, string> DeviceTypes =
        new[] { "ESME", "GSME", "GPF", "CHF", "HCALCS", "PPMID", "IHD", "CAD" }.ToDictionary(name => name);

    internal static readonly Dictionary<string, string> UserRoles =
        new[] { "IS", "GS", "ES", "ED", "GT", "RSA", "OU" }.ToDictionary(name => name);

    private static readonly string[] UserNames =
        [.. UserRoles.Keys.SelectMany(role => (string[])[role, ServiceUsers.OtherOf(role)]), ServiceUsers.Dcc];

    private static readonly Dictionary<string, DeviceStatus> Statuses =
        Enum.GetValues<DeviceStatus>().ToDictionary(status => status.ToString());

    private static readonly Dictionary<string, Smets1Cohort> Cohorts = new()
    {
        ["IOC"] = Smets1Cohort.Ioc,
        ["MOC"] = Smets1Cohort.Moc,
        ["FOC"] = Smets1Cohort.Foc,
    };

    private static readonly Dictionary<string, InstallationActivity> Activities = new()
    {
        ["active"] = InstallationActivity.Active,
        ["dormant"] = InstallationActivity.Dormant,
    };

    private const string ReplayPrefix = "replay:";
    private const int MaximumParallel = 16;
    private const int MaximumWearLimit = 1_000_000;

    private static readonly Dictionary<string, LinkVia> Vias = new()
    {
        ["serial"] = LinkVia.Serial,
        ["virtual"] = LinkVia.Virtual,
        ["tcp"] = LinkVia.Tcp,
        ["rfc2217"] = LinkVia.Rfc2217,
        ["hub"] = LinkVia.Hub,
        ["han"] = LinkVia.Han,
    };

    private static readonly Dictionary<string, LinkFraming> Framings = new()
    {
        ["hdlc"] = LinkFraming.Hdlc,
        ["wrapper"] = LinkFraming.Wrapper,
    };

    private static readonly Dictionary<string, RequestSignaturePolicy> SignaturePolicies = new()
    {
        ["where-known"] = RequestSignaturePolicy.WhereKnown,
        ["required"] = RequestSignaturePolicy.Required,
        ["not-checked"] = RequestSignaturePolicy.NotChecked,
    };

    private static readonly Dictionary<string, bool> SignOns = new() { ["none"] = false, ["iec62056-21-e"] = true };

    private static readonly Dictionary<string, bool> Formats = new() { ["8N1"] = false, ["7E1"] = true };

    /// <summary>Reads a rig file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">The file is missing or wrong: line, column, key, what was found and what is
    /// allowed.</exception>
    public static RigConfiguration Read(string path)
    {
        string file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new ConfigurationException("RIG-001", path, 0, 0, "file", "no such file", "a rig file; give it with --rig-config");
        }

        return Parse(File.ReadAllText(file), file);
    }

    /// <summary>Reads the text of a rig file.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file's absolute path, for messages and relative paths.</param>
    /// <exception cref="ConfigurationException">The text is wrong.</exception>
    public static RigConfiguration Parse(string text, string file)
    {
        ConfigurationNode root = ConfigurationNode.Parse(text, file);
        string name = Name(root.Require("rig"));
        string description = root.Find("description")?.AsText() ?? string.Empty;
        Dictionary<string, Eui64> users = Users(root.Require("users"));
        Dictionary<Eui64, string> versions = ClientVersions(root.Find("duis-versions"), users);
        IReadOnlyList<RigAdapter> adapters = AdapterReader.Read(root.Find("adapters"));
        List<RigDevice> devices = AdapterReader.Behind(
            Devices(root.Require("devices"), Path.GetDirectoryName(file) ?? string.Empty), adapters, root.Require("devices"));
        RequestSignaturePolicy signatures =
            root.Find("request-signatures")?.AsOneOf(SignaturePolicies) ?? RequestSignaturePolicy.WhereKnown;
        DeviceStatusRules status =
            root.Find("device-status-rules")?.AsOneOf(DeviceStatusRules.ByName) ?? DeviceStatusRules.Mp105;
        FirmwareUpdateRules firmware = FirmwareRules(root.Find("firmware-update-rules"));
        FirmwareRegister? register = root.Find("firmware-register") is { } path
            ? FirmwareRegisterReader.Read(Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, path.AsText()))
            : null;
        RigPower power = RigPowerReader.Read(root.Find("power"), devices);
        IReadOnlyList<CertifiedProduct>? products = root.Find("products-list") is { } list ? Products(list) : null;
        string folder = Path.GetDirectoryName(file) ?? string.Empty;
        ForeignDriver[] kinds = [.. (root.Find("step-kinds")?.Items() ?? []).Select(item => Foreign(item, folder, "kinds of steps"))];
        HandReader hands = new(devices);
        IReadOnlyList<RigTamper> tampers = hands.ReadTampers(root.Find("tamper"));
        IReadOnlyList<RigButton> buttons = hands.ReadButtons(root.Find("buttons"));
        int scale = ClockReader.Read(root.Find("clock"), devices);
        int parallel = root.Find("parallel") is { } most ? (int)most.AsInteger(1, MaximumParallel) : 1;
        KeyRotationPolicy rotation = ServiceRulesReader.ReadKeyRotation(root.Find("key-rotation"));
        AlertThrottlePolicy? throttle = ServiceRulesReader.ReadThrottle(root.Find("alert-throttle"));
        AnomalyThresholds thresholds = ServiceRulesReader.ReadThresholds(root.Find("anomaly-thresholds"), users);
        (IReadOnlyList<Installation> installations, IReadOnlyList<InventoryDevice> elsewhere) =
            InstallationReader.Read(root.Find("installations"), devices);
        MigrationRules migration = InstallationReader.ReadRules(root.Find("migration-rules"));
        root.RejectOtherKeys();
        return new RigConfiguration(name, description, file, users, products is null ? devices : Judged(devices, products))
        {
            RequestSignatures = signatures,
            DuisVersions = versions,
            DeviceStatusRules = status,
            FirmwareUpdateRules = firmware,
            FirmwareRegister = register,
            Power = power,
            StepKinds = kinds,
            Adapters = adapters,
            Tampers = tampers,
            Buttons = buttons,
            ClockScale = scale,
            Parallel = parallel,
            KeyRotation = rotation,
            AlertThrottle = throttle,
            AnomalyThresholds = thresholds,
            Installations = installations,
            Elsewhere = elsewhere,
            MigrationRules = migration,
            Products = products ?? [.. devices.Select(ProductOf).Where(product => product.FirmwareVersion.Length > 0)],
        };
    }

    private static List<CertifiedProduct> Products(ConfigurationNode node)
    {
        List<CertifiedProduct> products = [];
        foreach (ConfigurationNode item in node.Items())
        {
            products.Add(new CertifiedProduct(
                item.Require("type").AsOneOf(DeviceTypes), item.Find("model")?.AsText() ?? string.Empty,
                item.Require("firmware").AsText()));
            item.RejectOtherKeys();
        }

        return products.Count <= RigConfiguration.MaximumProducts
            ? products
            : throw node.Wrong($"{products.Count} entries", $"at most {RigConfiguration.MaximumProducts} entries");
    }

    private static CertifiedProduct ProductOf(RigDevice device) => new(device.DeviceType, device.Profile, device.FirmwareVersion);

    /// <summary>The devices with the status that the products list leaves them.</summary>
    private static List<RigDevice> Judged(List<RigDevice> devices, IReadOnlyList<CertifiedProduct> products)
    {
        CertifiedProductsList list = new(products);
        return [.. devices.Select(device => device.Status == DeviceStatus.Suspended
            ? device
            : device with { Status = list.Judge(device.InventoryRow).Status })];
    }

    private static Dictionary<string, Eui64> Users(ConfigurationNode node)
    {
        Dictionary<string, Eui64> users = [];
        foreach (string role in node.Keys.Where(UserNames.Contains))
        {
            users[role] = Identifier(node.Require(role));
        }

        foreach (string role in UserNames)
        {
            _ = node.Find(role);
        }

        node.RejectOtherKeys();
        return users;
    }

    private static Dictionary<Eui64, string> ClientVersions(ConfigurationNode? node, Dictionary<string, Eui64> users)
    {
        Dictionary<Eui64, string> versions = [];
        foreach (string name in UserNames)
        {
            if (node?.Find(name) is not { } entry)
            {
                continue;
            }

            string version = entry.AsOneOf(DuisVersions.Known.ToDictionary(known => known));
            if (!users.TryGetValue(name, out Eui64 user))
            {
                throw entry.Wrong($"a version for '{name}', which is no User of this file", $"one of {string.Join(", ", users.Keys)}");
            }

            if (!versions.TryAdd(user, version) && versions[user] != version)
            {
                throw entry.Wrong($"a second version of {user}, {version}", $"{versions[user]}, as in its other role");
            }
        }

        node?.RejectOtherKeys();
        return versions;
    }

    private static List<RigDevice> Devices(ConfigurationNode node, string folder)
    {
        List<RigDevice> devices = [];
        foreach (string key in node.Keys)
        {
            ConfigurationNode entry = node.Require(key);
            if (!NamePattern().IsMatch(key))
            {
                throw entry.Wrong($"'{key}'", "a device name of lower-case letters, digits and hyphens, at most 40");
            }

            RigDevice device = Device(key, entry, folder);
            if (devices.FirstOrDefault(other => other.Eui64 == device.Eui64) is { } twin)
            {
                throw entry.Require("eui64").Wrong($"the EUI-64 of {twin.Id}", "an EUI-64 of its own for each device");
            }

            devices.Add(device);
        }

        foreach (RigDevice device in devices.Where(device => device.SuppliedBy is not null))
        {
            bool isMeter = device.DeviceType == DeviceProfile.CommsHub
                && devices.Exists(other => other.Id == device.SuppliedBy && other.DeviceType == DeviceProfile.Esme);
            if (!isMeter)
            {
                throw node.Require(device.Id.Value).Require("supplied-by").Wrong(
                    $"'{device.SuppliedBy}' for a {device.DeviceType}", "for a CHF, the name of an ESME of this file");
            }
        }

        return devices.Count is > 0 and <= RigConfiguration.MaximumDevices
            ? [.. devices.Select(device => BehindHub(device, devices, node))]
            : throw node.Wrong($"{devices.Count} devices", $"1 to {RigConfiguration.MaximumDevices} devices");
    }

    /// <summary>A device with what its link takes from the hub that it is behind.</summary>
    private static RigDevice BehindHub(RigDevice device, List<RigDevice> devices, ConfigurationNode node)
    {
        if (device.Link.Via != LinkVia.Hub)
        {
            return device;
        }

        RigDevice? hub = devices.Find(other =>
            other.Id == device.Link.Hub && other is { DeviceType: DeviceProfile.CommsHub, Driver: null, Link.Via: not LinkVia.Han });
        return hub is not null && device is { DeviceType: DeviceProfile.Display, Driver: null }
            ? device with { Link = device.Link with { IsHubVirtual = hub.Link.Via == LinkVia.Virtual } }
            : throw node.Require(device.Id.Value).Require("link").Require("hub").Wrong(
                $"'{device.Link.Hub}' for a {device.DeviceType}",
                $"for a {DeviceProfile.Display}, the name of a {DeviceProfile.CommsHub} of this file with a service port, each with the "
                + "harness's own driver");
    }

    private static RigDevice Device(string key, ConfigurationNode entry, string folder)
    {
        RigDevice device = new(
            new DeviceId(key),
            entry.Require("type").AsOneOf(DeviceTypes),
            Identifier(entry.Require("eui64")),
            entry.Find("smets")?.AsInteger(1, 2) != 2,
            entry.Find("status")?.AsOneOf(Statuses) ?? DeviceStatus.Commissioned,
            entry.Find("firmware")?.AsText() ?? string.Empty,
            entry.Require("profile").AsText(),
            Link(entry.Require("link")),
            DeviceOverrides.Read(entry.Find("overrides")),
            Texts(entry.Find("facts")))
        {
            File = entry.File,
            Line = entry.Line,
            Ownership = OwnershipReader.Read(entry.Find("owners")),
            WearLimit = (int?)entry.Find("wear-limit")?.AsInteger(0, MaximumWearLimit),
            SuppliedBy = entry.Find("supplied-by") is { } meter ? new DeviceId(meter.AsText()) : null,
            Driver = Driver(entry.Find("driver"), folder),
            Keys = DeviceKeys.Read(entry.Find("keys")),
            Cohort = entry.Find("cohort")?.AsOneOf(Cohorts) ?? Smets1Cohort.Unknown,
            Activity = Activity(entry.Find("activity")),
        };
        device = device with { Secrets = Secrets(entry.Find("secrets"), device.Facts) };
        entry.RejectOtherKeys();
        return device;
    }

    /// <summary>Rules by their name, or the usual ones with other releases for PPMIDs and more types under a name and a source of their
    /// own.</summary>
    private static FirmwareUpdateRules FirmwareRules(ConfigurationNode? node)
    {
        if (node is not { IsMapping: true })
        {
            return node?.AsOneOf(FirmwareUpdateRules.ByName) ?? FirmwareUpdateRules.Moc;
        }

        ConfigurationNode name = node.Require("name");
        FirmwareUpdateRules rules = FirmwareUpdateRules.Moc with
        {
            Name = name.AsText(),
            Source = node.Require("source").AsText(),
            PpmidCohorts = [.. node.Require("ppmid-cohorts").Items().Select(cohort => cohort.AsOneOf(Cohorts))],
            PpmidRequestCohorts = [.. node.Find("ppmid-request-cohorts")?.Items().Select(cohort => cohort.AsOneOf(Cohorts)) ?? []],
            AdditionalTypes = [.. (node.Find("additional-types")?.Items() ?? []).Select(type => type.AsOneOf(DeviceTypes))],
        };
        node.RejectOtherKeys();
        return FirmwareUpdateRules.ByName.ContainsKey(rules.Name)
            ? throw name.Wrong($"'{rules.Name}', which are rules of this harness", "a name of your own")
            : rules;
    }

    private static ForeignDriver? Driver(ConfigurationNode? node, string folder) =>
        node is null ? null : Foreign(node, folder, "a driver");

    private static ForeignDriver Foreign(ConfigurationNode node, string folder, string what)
    {
        ConfigurationNode assembly = node.Require("assembly");
        ForeignDriver driver = new(
            Path.GetFullPath(Path.Combine(folder, assembly.AsText())), node.Find("type")?.AsText() ?? string.Empty);
        node.RejectOtherKeys();
        return File.Exists(driver.AssemblyPath)
            ? driver
            : throw assembly.Wrong($"no file {driver.AssemblyPath}", $"the file of an assembly with {what}");
    }

    internal static ActivityViews? Activity(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        ActivityViews views = new(
            node.Find("smso")?.AsOneOf(Activities) ?? InstallationActivity.Unknown,
            node.Find("supplier")?.AsOneOf(Activities) ?? InstallationActivity.Unknown);
        node.RejectOtherKeys();
        return views;
    }

    private static RigLink Link(ConfigurationNode node)
    {
        ConfigurationNode viaNode = node.Require("via");
        string record = viaNode.AsText().StartsWith(ReplayPrefix, StringComparison.Ordinal) ? viaNode.AsText()[ReplayPrefix.Length..] : "";
        LinkVia via = record.Length > 0 ? LinkVia.Replay : viaNode.AsOneOf(Vias);
        if (via == LinkVia.Hub)
        {
            DeviceId hub = new(node.Require("hub").AsText());
            node.RejectOtherKeys();
            return new RigLink(via, string.Empty, string.Empty, 0, IsSevenEvenOne: false, IsPaced: false) { Hub = hub };
        }

        if (via == LinkVia.Han)
        {
            string adapter = node.Require("adapter").AsText();
            node.RejectOtherKeys();
            return new RigLink(via, string.Empty, string.Empty, 0, IsSevenEvenOne: false, IsPaced: false) { Adapter = adapter };
        }

        bool isSignedOn = node.Find("sign-on")?.AsOneOf(SignOns) ?? false;
        RigLink link = new(
            via,
            via switch
            {
                LinkVia.Serial => node.Require("port").AsText(),
                LinkVia.Tcp or LinkVia.Rfc2217 => Address(node.Require("address")),
                _ => string.Empty,
            },
            via == LinkVia.Virtual ? node.Require("model").AsText() : record,
            Baud(node.Find("baud"), via, isSignedOn),
            via != LinkVia.Tcp && (node.Find("format")?.AsOneOf(Formats) ?? false),
            via == LinkVia.Virtual && (node.Find("paced")?.AsBoolean() ?? true))
        {
            IsSignedOn = isSignedOn,
            Framing = via is LinkVia.Serial or LinkVia.Rfc2217 or LinkVia.Replay
                ? LinkFraming.Hdlc
                : node.Find("framing")?.AsOneOf(Framings) ?? LinkFraming.Hdlc,
            Faults = via == LinkVia.Virtual ? Faults(node.Find("faults")) : null,
        };
        if (isSignedOn && link.Framing != LinkFraming.Hdlc)
        {
            throw node.Require("framing").Wrong("the wrapper behind a sign-on", "hdlc");
        }

        if (isSignedOn && link.IsSevenEvenOne)
        {
            throw node.Require("format").Wrong("7E1 behind a sign-on", "8N1, which mode E changes to");
        }

        node.RejectOtherKeys();
        return link;
    }

    private static int Baud(ConfigurationNode? node, LinkVia via, bool isSignedOn)
    {
        if (via == LinkVia.Tcp && !isSignedOn)
        {
            return node is null ? 0 : throw node.Wrong("a rate of a connection", "no rate, unless a sign-on goes through a serial server");
        }

        return (int)(node?.AsInteger(300, isSignedOn ? SignOnSettings.MaximumSelectableBaud : 3_000_000) ?? 9600);
    }

    private static FaultPlan? Faults(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        return FaultPlan.TryParse(node.AsText(), out FaultPlan plan, out string problem)
            ? plan
            : throw node.Wrong($"'{node.AsText()}'", problem);
    }

    private static string Address(ConfigurationNode node) =>
        IsAddress(node.AsText())
            ? node.AsText()
            : throw node.Wrong($"'{node.AsText()}'", "a host and a port, such as 192.0.2.7:4059 or [2001:db8::7]:4059");

    private static Dictionary<string, string> Texts(ConfigurationNode? node) =>
        node?.Keys.ToDictionary(key => key, key => node.Require(key).AsText()) ?? [];

    private static Dictionary<string, SecretReference> Secrets(ConfigurationNode? node, IReadOnlyDictionary<string, string> facts)
    {
        Dictionary<string, SecretReference> secrets = [];
        foreach (string name in node?.Keys ?? [])
        {
            ConfigurationNode entry = node!.Require(name);
            secrets[name] = facts.ContainsKey(name)
                ? throw entry.Wrong($"'{name}', which is a fact too", "a name that only one of 'facts' and 'secrets' has")
                : SecretReference.Read(entry);
        }

        return secrets;
    }

    internal static Eui64 Identifier(ConfigurationNode node) =>
        Eui64.TryParse(node.AsText(), out Eui64 value)
            ? value
            : throw node.Wrong($"'{node.AsText()}'", "an EUI-64 such as 90-B3-D5-1F-30-00-00-A0");

    /// <summary>Whether a text is a host and a port.</summary>
    internal static bool IsAddress(string text) => AddressPattern().IsMatch(text);

    /// <summary>Whether a text may be the name of a device or an adapter.</summary>
    internal static bool IsName(string text) => NamePattern().IsMatch(text);

    private static string Name(ConfigurationNode node) =>
        NamePattern().IsMatch(node.AsText())
            ? node.AsText()
            : throw node.Wrong($"'{node.AsText()}'", "lower-case letters, digits and hyphens, at most 40");

    [GeneratedRegex(
        @"^([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]+\]):([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
        + @"|655[0-2][0-9]|6553[0-5])\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
