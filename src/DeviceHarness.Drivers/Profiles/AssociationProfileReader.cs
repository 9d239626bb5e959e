using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads what a profile's <c>association</c> says about security.</summary>
internal static class AssociationProfileReader
{
    private const int MaximumAttemptLimit = 100;
    private const int MaximumLockDays = 7;

    private static readonly Dictionary<string, AuthenticationMechanism> Mechanisms = new()
    {
        ["none"] = AuthenticationMechanism.None,
        ["lls"] = AuthenticationMechanism.LowLevel,
        ["hls-aes-ecb"] = AuthenticationMechanism.HighLevelManufacturer,
        ["hls-md5"] = AuthenticationMechanism.HighLevelMd5,
        ["hls-sha1"] = AuthenticationMechanism.HighLevelSha1,
        ["hls-gmac"] = AuthenticationMechanism.HighLevelGmac,
        ["hls-sha256"] = AuthenticationMechanism.HighLevelSha256,
    };

    private static readonly Dictionary<string, bool> Contexts = new() { ["ln"] = false, ["ln-ciphered"] = true };

    private static readonly Dictionary<string, bool> Wrappers = new() { ["service"] = false, ["general"] = true };

    private static readonly Dictionary<string, SecuritySuite> Suites = new()
    {
        ["0"] = SecuritySuite.Suite0,
        ["1"] = SecuritySuite.Suite1,
        ["2"] = SecuritySuite.Suite2,
    };

    private static readonly Dictionary<string, SecurityProtection> Protections = new()
    {
        ["none"] = SecurityProtection.None,
        ["auth"] = SecurityProtection.Authenticated,
        ["enc"] = SecurityProtection.Encrypted,
        ["auth-enc"] = SecurityProtection.AuthenticatedEncrypted,
    };

    internal static AssociationProfile Read(ConfigurationNode node) => new()
    {
        Mechanism = node.Require("mechanism").AsOneOf(Mechanisms),
        Keys = DeviceKeys.Find(node),
        IsCiphered = node.Find("context")?.AsOneOf(Contexts) ?? false,
        Suite = node.Find("suite")?.AsOneOf(Suites) ?? SecuritySuite.Suite0,
        Protection = node.Find("protection")?.AsOneOf(Protections) ?? SecurityProtection.AuthenticatedEncrypted,
        UsesGeneralWrapper = node.Find("wrapper")?.AsOneOf(Wrappers) ?? false,
        UsesDedicatedKey = node.Find("dedicated-key")?.AsBoolean() ?? false,
        UsesLists = node.Find("lists")?.AsBoolean() ?? false,
        UsesGeneralBlocks = node.Find("general-blocks")?.AsBoolean() ?? false,
        GeneralBlockWindow = (int)(node.Find("general-block-window")?.AsInteger(1, GeneralBlockTransfer.MaximumWindowBlocks) ?? 1),
        ClientTitle = node.Find("client-title") is { } title ? Title(title) : null,
        ServerTitle = node.Find("server-title") is { } server ? Title(server) : null,
        AttemptLimit = (int?)node.Find("attempt-limit")?.AsInteger(1, MaximumAttemptLimit),
        LockTime = node.Find("lock-time")?.AsDuration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(MaximumLockDays)),
        SecuritySetup = node.Find("security-setup") is { } setup ? Name(setup) : AssociationProfile.StandardSecuritySetup,
    };

    private static ObisCode Name(ConfigurationNode node) => ObisCode.TryParse(node.AsText(), out ObisCode name)
        ? name
        : throw node.Wrong($"'{node.AsText()}'", "a logical name such as \"0-0:43.0.0.255\"");

    private static SystemTitle Title(ConfigurationNode node) => SystemTitle.TryParse(node.AsText(), out SystemTitle title)
        ? title
        : throw node.Wrong($"'{node.AsText()}'", "16 hexadecimal digits, such as \"4D4D4D0000000001\"");
}
