using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Security;

/// <summary>The credentials of one device while its driver lives: keys, counters and mechanism. Made anew for
/// other keys.</summary>
internal sealed class DeviceCredentials : IDisposable
{
    private const int IdentifierOctets = 8;
    private const int PasswordIdentifierDigits = 4;

    private readonly DeviceProfile _profile;
    private readonly AssociationSecurity _security;
    private readonly RandomOctets _random;
    private IReceivedCounters? _received;

    /// <summary>Reads the credentials.</summary>
    /// <param name="profile">Says how the association is secured.</param>
    /// <param name="store">Keeps the counters.</param>
    /// <param name="random">Where challenges come from.</param>
    /// <param name="keys">The global keys; null for those that profile or rig file name.</param>
    /// <exception cref="ConfigurationException">One is missing or wrong, or the store cannot be read.</exception>
    internal DeviceCredentials(DeviceProfile profile, IDeviceSecurityStore store, RandomOctets random, KeySet? keys)
    {
        AssociationProfile association = profile.Association;
        association.RequireAll(profile.Name);
        _profile = profile;
        _random = random;
        Context = association.NeedsGlobalKeys ? Make(association, store, keys ?? KeysNamedBy(profile)) : null;
        SharedSecret? secret = SecretOf(association.Keys.Secret, "secret");
        SharedSecret? password = association.Mechanism == AuthenticationMechanism.LowLevel
            ? SecretOf(association.Keys.Password, "password")
            : null;
        _security = new AssociationSecurity
        {
            Password = password,
            Hls = association.Mechanism switch
            {
                AuthenticationMechanism.HighLevelGmac => new GmacHls(Context!),
                AuthenticationMechanism.HighLevelManufacturer => ManufacturerHls.AesEcb(
                    KeyOf(profile, association.Keys.Secret!, "secret")),
                AuthenticationMechanism.HighLevelMd5 or AuthenticationMechanism.HighLevelSha1
                    or AuthenticationMechanism.HighLevelSha256 => HashHls.Create(association.Mechanism, secret!),
                _ => null,
            },
            Context = Context,
            IsCiphered = association.IsCiphered,
        };
        string identifier = Identify(
            password is null ? default : password.Reveal(), secret is null ? default : secret.Reveal(), KeyIdentifier);

        // Passwords can be guessed one by one: what is kept of one has to fit very many others.
        Identifier = KeyIdentifier.Length > 0 ? identifier : identifier[..PasswordIdentifierDigits];
    }

    /// <summary>Keys, titles and counters; null without ciphering and without GMAC.</summary>
    internal SecurityContext? Context { get; }

    /// <summary>Which credentials these are, in digits that do not give them away.</summary>
    internal string Identifier { get; }

    /// <summary>Whether the device may refuse them and count that.</summary>
    internal bool AreCounted => _security.Mechanism != AuthenticationMechanism.None || _security.IsCiphered;

    private string KeyIdentifier { get; set; } = string.Empty;

    public void Dispose()
    {
        Context?.Dispose();
        _received?.Dispose();
    }

    /// <summary>Lets what the device sent so far stay known after a loss of power.</summary>
    /// <exception cref="ConfigurationException">SEC-001: it cannot be written.</exception>
    internal void MakeReceivedDurable() => _received?.MakeDurable();

    /// <summary>The settings of one association.</summary>
    internal DlmsAssociationSettings NextAssociation()
    {
        AssociationProfile association = _profile.Association;
        return new DlmsAssociationSettings
        {
            Security = _security,
            Form = (association.UsesGeneralWrapper, association.UsesDedicatedKey) switch
            {
                (false, false) => CipheringForm.ServiceSpecificGlobal,
                (false, true) => CipheringForm.ServiceSpecificDedicated,
                (true, false) => CipheringForm.GeneralGlobal,
                (true, true) => CipheringForm.GeneralDedicated,
            },
            Proposed = DlmsAssociationSettings.Offered
                | (association.UsesGeneralWrapper ? Conformance.GeneralProtection : Conformance.None)
                | (association.UsesLists ? Conformance.MultipleReferences : Conformance.None)
                | (association.UsesGeneralBlocks ? Conformance.GeneralBlockTransfer : Conformance.None),
            DedicatedKey = association.UsesDedicatedKey ? CipherKey.Generate(association.Suite, _random) : null,
            MaximumReceivePduOctets = _profile.MaximumPduOctets,
            GeneralBlockWindow = association.GeneralBlockWindow,
            Random = _random,
        };
    }

    /// <summary>The global keys that profile or rig file name.</summary>
    /// <exception cref="ConfigurationException">One is missing or wrong.</exception>
    internal static KeySet KeysNamedBy(DeviceProfile profile)
    {
        AssociationProfile association = profile.Association;
        association.RequireAll(profile.Name);
        return new KeySet(
            KeyOf(profile, association.Keys.Encryption!, "encryption-key"),
            KeyOf(profile, association.Keys.Authentication!, "authentication-key"));
    }

    /// <summary>The master key that profile or rig file name; null when they name none.</summary>
    /// <exception cref="ConfigurationException">It is no key of the suite.</exception>
    internal static CipherKey? MasterKeyNamedBy(DeviceProfile profile)
    {
        AssociationProfile association = profile.Association;
        CipherKey? key = association.Keys.Master is { } reference ? KeyOf(profile, reference, "master-key") : null;
        return key is null || key.OctetCount == association.Suite.KeyOctets() ? key : throw OfAnotherLength(profile);
    }

    private SecurityContext Make(AssociationProfile association, IDeviceSecurityStore store, KeySet keys)
    {
        (CipherKey unicast, CipherKey authentication) = (keys.Encryption, keys.Authentication);
        SystemTitle title = association.ClientTitle.GetValueOrDefault();
        if (unicast.OctetCount != association.Suite.KeyOctets() || authentication.OctetCount != association.Suite.KeyOctets())
        {
            throw OfAnotherLength(_profile);
        }

        // A nonce is the title and the counter: they are counted for each key and title.
        string counted = Identify(title.ToOctets(), unicast.Reveal(), string.Empty);
        KeyIdentifier = Identify(authentication.Reveal(), default, counted);
        SendCounter send = new(store.FirstFreeCounter(counted), store.CountersOf(counted));
        _received = store.ReceivedOf(counted);
        return new SecurityContext(
            association.Suite, title, new GlobalKeys(unicast, authentication), new SecurityCounters(send, new ReceiveCounter(_received)))
        {
            Protection = association.Protection,
            MinimumProtection = association.Protection,
            PeerTitle = association.ServerTitle,
        };
    }

    private static CipherKey KeyOf(DeviceProfile profile, SecretReference reference, string name)
    {
        byte[] octets = new byte[32];
        string digits = Encoding.ASCII.GetString(reference.Resolve().Span).Trim();
        bool isHex = digits.Length is 32 or 64 && digits.All(char.IsAsciiHexDigit);
        if (!isHex)
        {
            throw Wrong(profile, name, $"{digits.Length} characters (not shown)", "32 or 64 hexadecimal digits");
        }

        _ = Convert.FromHexString(digits, octets, out _, out int written);
        CipherKey key = CipherKey.Create(octets.AsSpan(0, written));
        CryptographicOperations.ZeroMemory(octets);
        return key;
    }

    private SharedSecret? SecretOf(SecretReference? reference, string name)
    {
        ReadOnlyMemory<byte> octets = reference?.Resolve() ?? default;
        return reference is null ? null
            : octets.Length is > 0 and <= SharedSecret.MaximumOctets ? SharedSecret.Create(octets.Span)
            : throw Wrong(_profile, name, $"{octets.Length} octets (not shown)", $"1 to {SharedSecret.MaximumOctets} octets");
    }

    private static ConfigurationException OfAnotherLength(DeviceProfile profile) => Wrong(
        profile, "suite", "keys of another length than the suite's", $"keys of {profile.Association.Suite.KeyOctets()} octets");

    private static ConfigurationException Wrong(DeviceProfile profile, string key, string found, string allowed) =>
        new("PROF-005", profile.Name, 0, 0, $"association.{key}", found, allowed);

    private static string Identify(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, string third)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{first.Length} {second.Length} {third} ")));
        hash.AppendData(first);
        hash.AppendData(second);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, IdentifierOctets));
    }
}
