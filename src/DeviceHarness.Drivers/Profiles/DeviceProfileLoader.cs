using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads device profiles; every error names file, line, column, key, what was found and what is allowed.</summary>
public static class DeviceProfileLoader
{
    private static readonly Dictionary<string, byte> Units = new() { ["Wh"] = 30, ["varh"] = 32 };

    private const int MaximumBases = 4;

    private static readonly Dictionary<string, string> DeviceTypes = new()
    {
        [DeviceProfile.Esme] = DeviceProfile.Esme,
        [DeviceProfile.CommsHub] = DeviceProfile.CommsHub,
        [DeviceProfile.Display] = DeviceProfile.Display,
    };

    private static readonly string[] JoinedSections = ["link", "association", "objects", "reads", "writes"];

    private static readonly Dictionary<string, string> Protocols = new() { ["dlms-hdlc"] = "dlms-hdlc" };

    private static readonly Dictionary<string, bool> SwitchMethods = new() { ["script"] = true, ["disconnect-control"] = false };

    private static readonly Dictionary<string, bool> AddressLengths = new() { ["1"] = true, ["2"] = true, ["4"] = true };

    /// <summary>Reads a profile's file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">The file is missing or wrong.</exception>
    public static DeviceProfile LoadFile(string path) => File.Exists(path)
        ? Load(File.ReadAllText(path), path)
        : throw new ConfigurationException("PROF-002", path, 0, 0, "file", "nothing", "a device profile");

    /// <summary>Reads a profile's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="file">The file's name, for messages and for paths relative to it.</param>
    /// <exception cref="ConfigurationException">The text is wrong.</exception>
    public static DeviceProfile Load(string text, string file)
    {
        ConfigurationNode root = WithBasis(ConfigurationNode.Parse(text, file), MaximumBases);
        ConfigurationNode link = root.Require("link");
        ConfigurationNode association = root.Require("association");
        string deviceType = root.Require("device-type").AsOneOf(DeviceTypes);
        DeviceProfile profile = new()
        {
            Name = root.Require("profile").AsText(),
            DeviceType = deviceType,
            ClientAddress = HdlcAddress.Client((int)link.Require("client-address").AsInteger(1, HdlcAddress.MaximumOneOctetPart)),
            ServerAddress = ReadServerAddress(link.Require("server-address")),
            MaximumInformationOctets = (int)link.Require("maximum-information").AsInteger(
                HdlcParameters.MinimumInformationOctets, HdlcParameters.MaximumInformationOctets),
            WindowFrames = (int)(link.Find("window")?.AsInteger(1, HdlcParameters.MaximumWindowFrames)
                ?? HdlcParameters.DefaultWindowFrames),
            ResponseTimeout = link.Require("response-timeout").AsDuration(
                DeviceProfile.MinimumResponseTimeout, DeviceProfile.MaximumResponseTimeout),
            Retries = (int)link.Require("retries").AsInteger(0, DeviceProfile.MaximumRetries),
            InterOctetTimeout = link.Require("inter-octet-timeout").AsDuration(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(6)),
            InactivityTimeout = link.Require("inactivity-timeout").AsDuration(TimeSpan.Zero, TimeSpan.FromHours(24)),
            SignOn = SignOnProfileReader.Read(link.Find("sign-on")),
            Association = AssociationProfileReader.Read(association),
            MaximumPduOctets = (int)association.Require("maximum-pdu").AsInteger(64, ushort.MaxValue),
            ReleasesAssociation = association.Find("release")?.AsBoolean() ?? false,
            Alerts = AlertMapReader.Read(root.Find("alerts")),
            Quirks = QuirkReader.Read(root.Find("quirks")),
        };
        _ = root.Find("description")?.AsText();
        _ = root.Require("protocol").AsOneOf(Protocols);
        profile = WithObjects(profile, root);
        link.RejectOtherKeys();
        association.RejectOtherKeys();
        root.RejectOtherKeys();
        return profile;
    }

    /// <summary>The profile over the one that it departs from.</summary>
    private static ConfigurationNode WithBasis(ConfigurationNode own, int left)
    {
        if (own.Find("based-on") is not { } basis)
        {
            return own;
        }

        _ = own.Require("profile");
        string name = basis.AsText();
        bool isName = name.Length > 0 && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
            || character == '-');
        string path = Path.Combine(Path.GetDirectoryName(own.File) ?? string.Empty, $"{name}.yaml");
        if (!isName || left == 0 || !File.Exists(path))
        {
            throw basis.Wrong($"'{name}'", $"the name of a profile in the same folder, at most {MaximumBases} one above the other");
        }

        return own.Over(WithBasis(ConfigurationNode.Parse(File.ReadAllText(path), path), left - 1), JoinedSections);
    }

    private static EsmeObjectMap ReadEsme(ConfigurationNode root) =>
        ReadObjects(root.Require("objects"), root.Require("supply-switch")) with
        {
            ImageTransfer = root.Find("image-transfer") is { } transfer ? FirmwareProfileReader.Read(transfer) : null,
            Reads = ReadMapReader.Read(root.Find("reads")),
            Writes = WriteMapReader.Read(root.Find("writes")),
        };

    /// <summary>The profile with the objects of its kind of device.</summary>
    private static DeviceProfile WithObjects(DeviceProfile profile, ConfigurationNode root) => profile.DeviceType switch
    {
        DeviceProfile.CommsHub => profile with { Hub = HubObjectMapReader.Read(root.Require("hub-objects")) },
        DeviceProfile.Display => profile with { Hub = HubObjectMapReader.Read(root.Require("hub-objects")), Han = ReadHan(root) },
        _ => profile with { Objects = ReadEsme(root) },
    };

    private static HanObjectMap ReadHan(ConfigurationNode root)
    {
        ConfigurationNode objects = root.Require("han-objects");
        HanObjectMap map = new(
            ReadAttribute(objects.Require("identity"), "value"),
            ReadAttribute(objects.Require("firmware-active"), "value"),
            FirmwareProfileReader.Read(root.Require("image-transfer")));
        objects.RejectOtherKeys();
        return map;
    }

    private static HdlcAddress ReadServerAddress(ConfigurationNode node)
    {
        ConfigurationNode octets = node.Require("octets");
        _ = octets.AsOneOf(AddressLengths);
        int octetCount = (int)octets.AsInteger(1, HdlcAddress.MaximumOctets);
        int maximum = octetCount == HdlcAddress.MaximumOctets ? HdlcAddress.MaximumTwoOctetPart : HdlcAddress.MaximumOneOctetPart;
        int upper = (int)node.Require("upper").AsInteger(1, maximum);
        HdlcAddress address = octetCount == 1
            ? HdlcAddress.Server(upper)
            : HdlcAddress.Server(upper, (int)node.Require("lower").AsInteger(0, maximum), octetCount);
        node.RejectOtherKeys();
        return address;
    }

    private static EsmeObjectMap ReadObjects(ConfigurationNode objects, ConfigurationNode supplySwitch)
    {
        EsmeObjectMap map = new(
            ReadRegister(objects.Require("active-energy-import")),
            ReadRegister(objects.Require("reactive-energy-import")),
            ReadAttribute(objects.Require("clock"), "time"),
            ReadAttribute(objects.Require("supply-state"), "state"),
            ReadSwitch(supplySwitch),
            ReadAttribute(objects.Require("firmware-active"), "value"))
        {
            Logs = new EsmeLogMap(LogMapReader.ReadLog(objects, "daily-read-log"), LogMapReader.ReadEventLogs(objects)),
        };
        objects.RejectOtherKeys();
        return map;
    }

    private static CosemRegister ReadRegister(ConfigurationNode node)
    {
        CosemRegister register = new(Attribute(node, "value"), Attribute(node, "scaler-unit"), node.Require("unit").AsOneOf(Units));
        node.RejectOtherKeys();
        return register;
    }

    /// <summary>An attribute of an object, and nothing beside it.</summary>
    internal static CosemAttributeDescriptor ReadAttribute(ConfigurationNode node, string key)
    {
        CosemAttributeDescriptor attribute = Attribute(node, key);
        node.RejectOtherKeys();
        return attribute;
    }

    private static SupplySwitchMethods ReadSwitch(ConfigurationNode node)
    {
        bool isScript = node.Require("method").AsOneOf(SwitchMethods);
        SupplySwitchMethods methods;
        if (isScript)
        {
            CosemMethodDescriptor execute = Method(node, "execute");
            methods = new SupplySwitchMethods(
                execute, ScriptNumber(node.Require("enable")), execute, ScriptNumber(node.Require("disable")));
        }
        else
        {
            // Methods of the standard that are defined with "integer (0)" take 0F 00.
            byte[] integerZero = [0x0F, 0x00];
            methods = new SupplySwitchMethods(Method(node, "reconnect"), integerZero, Method(node, "disconnect"), integerZero);
        }

        node.RejectOtherKeys();
        return methods;
    }

    private static byte[] ScriptNumber(ConfigurationNode node)
    {
        long number = node.AsInteger(0, ushort.MaxValue);
        return [0x12, (byte)(number >> 8), (byte)number];
    }

    /// <summary>An attribute of an object, by its class, name and the index that a key holds.</summary>
    internal static CosemAttributeDescriptor Attribute(ConfigurationNode node, string key) =>
        new(ClassOf(node), NameOf(node), (sbyte)node.Require(key).AsInteger(sbyte.MinValue, sbyte.MaxValue));

    /// <summary>A method of an object, by its class, name and the index that a key holds.</summary>
    internal static CosemMethodDescriptor Method(ConfigurationNode node, string key) =>
        new(ClassOf(node), NameOf(node), (sbyte)node.Require(key).AsInteger(sbyte.MinValue, sbyte.MaxValue));

    private static ushort ClassOf(ConfigurationNode node) => (ushort)node.Require("class").AsInteger(1, ushort.MaxValue);

    /// <summary>The logical name of an object.</summary>
    internal static ObisCode NameOf(ConfigurationNode node)
    {
        ConfigurationNode name = node.Require("name");
        return ObisCode.TryParse(name.AsText(), out ObisCode code)
            ? code
            : throw name.Wrong($"'{name.AsText()}'", "a logical name such as 1-0:1.8.0.255");
    }
}
