using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>How an association with a device model is secured.</summary>
public sealed record AssociationProfile
{
    /// <summary>The logical name of the security setup where a profile states none.</summary>
    /// <remarks>Spec: IEC 62056-6-2, class 64, as this harness's DLMS guide sums it up.</remarks>
    public static ObisCode StandardSecuritySetup { get; } = ObisCode.Parse("0-0:43.0.0.255");

    /// <summary>None, LLS or a mechanism of HLS; ECDSA is not offered.</summary>
    public required AuthenticationMechanism Mechanism { get; init; }

    /// <summary>Where the credentials are; the rig file's come before the profile's.</summary>
    public DeviceKeys Keys { get; init; } = DeviceKeys.None;

    /// <summary>True for the application context with ciphering: every APDU from the initiate on is protected.</summary>
    public bool IsCiphered { get; init; }

    /// <summary>The security suite.</summary>
    public SecuritySuite Suite { get; init; }

    /// <summary>What is done to each APDU of a ciphered association, and what is asked of the device's.</summary>
    public SecurityProtection Protection { get; init; } = SecurityProtection.AuthenticatedEncrypted;

    /// <summary>Whether services go in general-glo or general-ded wrappers, not in those of the service.</summary>
    public bool UsesGeneralWrapper { get; init; }

    /// <summary>Whether each ciphered association has a key of its own.</summary>
    public bool UsesDedicatedKey { get; init; }

    /// <summary>Whether several attributes are asked for in one request, where the device agrees to that.</summary>
    public bool UsesLists { get; init; }

    /// <summary>Whether long APDUs go in general blocks, where the device agrees to that.</summary>
    public bool UsesGeneralBlocks { get; init; }

    /// <summary>How many general blocks may go in a row each way, 1 to 63.</summary>
    public int GeneralBlockWindow { get; init; } = 1;

    /// <summary>This client's system title; null where none is needed.</summary>
    public SystemTitle? ClientTitle { get; init; }

    /// <summary>The system title of the device itself: another that answers on its link is not associated with. Null when nobody knows;
    /// then the first that it tells is held against those after it, and its keys are not rotated.</summary>
    public SystemTitle? ServerTitle { get; init; }

    /// <summary>How many attempts to authenticate may fail in a row before the device locks, less a margin; null when nobody
    /// knows.</summary>
    public int? AttemptLimit { get; init; }

    /// <summary>For how long the device is locked after too many failures; null when nobody knows, or for good.</summary>
    public TimeSpan? LockTime { get; init; }

    /// <summary>The security setup (class 64), where new keys are sent.</summary>
    public ObisCode SecuritySetup { get; init; } = StandardSecuritySetup;

    /// <summary>Whether global keys are needed.</summary>
    public bool NeedsGlobalKeys => IsCiphered || Mechanism == AuthenticationMechanism.HighLevelGmac;

    /// <summary>Whether a client title is needed.</summary>
    public bool NeedsTitle => NeedsGlobalKeys || Mechanism == AuthenticationMechanism.HighLevelSha256;

    private bool NeedsSecret => Mechanism is AuthenticationMechanism.HighLevelManufacturer or AuthenticationMechanism.HighLevelMd5
        or AuthenticationMechanism.HighLevelSha1 or AuthenticationMechanism.HighLevelSha256;

    /// <summary>Refuses a profile that lacks what its mechanism or context needs.</summary>
    /// <param name="profile">The profile's name, for the message.</param>
    /// <exception cref="ConfigurationException">PROF-004: something is missing in profile and rig file.</exception>
    public void RequireAll(string profile)
    {
        Require(Mechanism != AuthenticationMechanism.LowLevel || Keys.Password is not null, "password");
        Require(!NeedsSecret || Keys.Secret is not null, "secret");
        Require(!NeedsGlobalKeys || Keys.Encryption is not null, "encryption-key");
        Require(!NeedsGlobalKeys || Keys.Authentication is not null, "authentication-key");
        Require(!NeedsTitle || ClientTitle is not null, "client-title");
        Require((!UsesDedicatedKey && Mechanism != AuthenticationMechanism.HighLevelSha256) || IsCiphered, "context");

        void Require(bool isThere, string key)
        {
            if (!isThere)
            {
                throw new ConfigurationException(
                    "PROF-004", profile, 0, 0, $"association.{key}", "nothing",
                    key switch
                    {
                        "client-title" => "a system title of 16 hexadecimal digits in the profile",
                        "context" => "ln-ciphered, for a dedicated key and for hls-sha256",
                        _ => "test:<made-up secret> or file:<path>, in the profile or under 'keys' of the device in the rig file",
                    });
            }
        }
    }
}
