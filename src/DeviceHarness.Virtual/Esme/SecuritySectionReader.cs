using System.Collections.Frozen;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual.Esme;

/// <summary>Reads who may talk to a meter and how: the sections <c>clients</c> and <c>security</c>. Secrets in them are test secrets, and
/// no message repeats one.</summary>
internal static partial class SecuritySectionReader
{
    private const int MaximumTextOctets = 64;
    private const int MaximumLockAfter = 100;
    private const byte LargestPolicy = 3;

    private static readonly FrozenDictionary<string, ClientAccess> AccessNames = new Dictionary<string, ClientAccess>
    {
        ["identity"] = ClientAccess.Identity,
        ["management"] = ClientAccess.Management,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, AuthenticationMechanism> MechanismNames =
        new Dictionary<string, AuthenticationMechanism>
        {
            ["none"] = AuthenticationMechanism.None,
            ["lls"] = AuthenticationMechanism.LowLevel,
            ["hls-aes-ecb"] = AuthenticationMechanism.HighLevelManufacturer,
            ["hls-md5"] = AuthenticationMechanism.HighLevelMd5,
            ["hls-sha1"] = AuthenticationMechanism.HighLevelSha1,
            ["hls-gmac"] = AuthenticationMechanism.HighLevelGmac,
            ["hls-sha256"] = AuthenticationMechanism.HighLevelSha256,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the keys and what the meter asks for.</summary>
    /// <param name="node">The section; null when the file has none.</param>
    /// <exception cref="DeviceHarness.Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    public static SecurityOptions ReadSecurity(ConfigurationNode? node)
    {
        SecurityOptions standard = new();
        if (node is null)
        {
            return standard;
        }

        SecuritySuite suite = (SecuritySuite)(node.Find("suite")?.AsInteger(0, 2) ?? 0);
        ConfigurationNode? locking = node.Find("lock");
        SecurityOptions options = new()
        {
            Suite = suite,
            Policy = new SecurityPolicy((byte)(node.Find("policy")?.AsInteger(0, LargestPolicy) ?? 0), Version: 0),
            Title = node.Find("system-title") is { } title ? ReadTitle(title) : null,
            TestEncryptionKey = ReadKey(node.Find("test-encryption-key"), suite),
            TestAuthenticationKey = ReadKey(node.Find("test-authentication-key"), suite),
            TestMasterKey = ReadKey(node.Find("test-master-key"), suite),
            LockAfter = (int)(locking?.Require("after").AsInteger(1, MaximumLockAfter) ?? standard.LockAfter),
            LockTime = locking?.Require("time").AsDuration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)) ?? standard.LockTime,
        };
        if (options.TestEncryptionKey is null != options.TestAuthenticationKey is null)
        {
            throw node.Wrong("one of two keys", "test-encryption-key and test-authentication-key, or neither");
        }

        if (options.TestMasterKey is not null && options.TestEncryptionKey is null)
        {
            throw node.Wrong("a master key alone", "test-master-key only beside the keys that are changed under it");
        }

        locking?.RejectOtherKeys();
        node.RejectOtherKeys();
        return options;
    }

    /// <summary>Reads the clients.</summary>
    /// <param name="list">The section.</param>
    /// <param name="security">What the meter holds.</param>
    /// <exception cref="DeviceHarness.Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    public static IReadOnlyList<MeterClient> ReadClients(ConfigurationNode list, SecurityOptions security)
    {
        List<MeterClient> clients = [];
        foreach (ConfigurationNode item in list.Items())
        {
            MeterClient client = ReadClient(item);
            if (client.NeedsKeys && security.TestEncryptionKey is null)
            {
                throw item.Wrong("a client that needs keys", "keys in the section 'security'");
            }

            if (clients.Exists(known => known.Address == client.Address))
            {
                throw item.Require("address").Wrong($"a second client {client.Address}", "each client once");
            }

            item.RejectOtherKeys();
            clients.Add(client);
        }

        return clients.Count is > 0 and <= EsmeModelReader.MaximumClients
            ? clients
            : throw list.Wrong($"{clients.Count} clients", $"1 to {EsmeModelReader.MaximumClients} clients");
    }

    private static MeterClient ReadClient(ConfigurationNode item)
    {
        string? password = ReadSecret(item.Find("test-password"));
        MeterClient client = new(
            (int)item.Require("address").AsInteger(1, HdlcAddress.AllStation - 1), item.Require("access").AsOneOf(AccessNames), password);
        client = client with
        {
            Mechanism = item.Find("mechanism")?.AsOneOf(MechanismNames) ?? client.Mechanism,
            TestSecret = ReadSecret(item.Find("test-secret")),
            IsCiphered = item.Find("ciphered")?.AsBoolean() ?? false,
        };
        bool hasSecret = client.Mechanism is AuthenticationMechanism.HighLevelManufacturer or AuthenticationMechanism.HighLevelMd5
            or AuthenticationMechanism.HighLevelSha1 or AuthenticationMechanism.HighLevelSha256;
        if (hasSecret != client.TestSecret is not null || (client.Mechanism == AuthenticationMechanism.LowLevel) != password is not null)
        {
            throw item.Wrong(
                $"mechanism {client.Mechanism} with or without the secret of another",
                "test-password with lls, test-secret with hls but hls-gmac, neither with the others");
        }

        if (client is { Mechanism: AuthenticationMechanism.HighLevelManufacturer, TestSecret: string key } && !HexKey().IsMatch(key))
        {
            throw item.Require("test-secret").Wrong($"{key.Length} characters (not shown)", "32 hexadecimal digits");
        }

        return client is { Mechanism: AuthenticationMechanism.HighLevelSha256, IsCiphered: false }
            ? throw item.Wrong("hls-sha256 without ciphering", "ciphered: true, since its proofs hold both system titles")
            : client;
    }

    private static SystemTitle ReadTitle(ConfigurationNode node) => SystemTitle.TryParse(node.AsText(), out SystemTitle title)
        ? title
        : throw node.Wrong($"'{node.AsText()}'", "16 hexadecimal digits");

    private static CipherKey? ReadKey(ConfigurationNode? node, SecuritySuite suite)
    {
        if (node is null)
        {
            return null;
        }

        string digits = node.AsText();
        return digits.Length == 2 * suite.KeyOctets() && digits.All(char.IsAsciiHexDigit)
            ? CipherKey.Create(Convert.FromHexString(digits))
            : throw node.Wrong($"{digits.Length} characters (not shown)", $"{2 * suite.KeyOctets()} hexadecimal digits");
    }

    private static string? ReadSecret(ConfigurationNode? node)
    {
        string? text = node?.AsText();
        return text is null || (text.Length is > 0 and <= MaximumTextOctets && text.All(character => character is >= ' ' and <= '~'))
            ? text
            : throw node!.Wrong($"{text.Length} characters", $"1 to {MaximumTextOctets} printable ASCII characters");
    }

    [GeneratedRegex("^[0-9A-Fa-f]{32}$")]
    private static partial Regex HexKey();
}
