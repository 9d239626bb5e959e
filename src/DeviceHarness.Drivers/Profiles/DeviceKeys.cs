using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Where a device's credentials are, never what they are.</summary>
public sealed record DeviceKeys
{
    /// <summary>None is named.</summary>
    public static DeviceKeys None { get; } = new();

    /// <summary>The password of LLS.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>The secret of the HLS mechanisms but GMAC.</summary>
    public SecretReference? Secret { get; init; }

    /// <summary>The global unicast encryption key, as hexadecimal digits.</summary>
    public SecretReference? Encryption { get; init; }

    /// <summary>The authentication key, as hexadecimal digits.</summary>
    public SecretReference? Authentication { get; init; }

    /// <summary>The master key, under which new keys are sent, as hexadecimal digits.</summary>
    public SecretReference? Master { get; init; }

    /// <summary>Reads the mapping <c>keys</c> of a device in a rig file.</summary>
    /// <param name="node">The mapping, or null when the device has none.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    public static DeviceKeys Read(ConfigurationNode? node)
    {
        DeviceKeys keys = node is null ? None : Find(node);
        node?.RejectOtherKeys();
        return keys;
    }

    /// <summary>These keys, and those of others where these name none.</summary>
    /// <param name="others">What holds when nothing is named here.</param>
    public DeviceKeys Or(DeviceKeys others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new DeviceKeys
        {
            Password = Password ?? others.Password,
            Secret = Secret ?? others.Secret,
            Encryption = Encryption ?? others.Encryption,
            Authentication = Authentication ?? others.Authentication,
            Master = Master ?? others.Master,
        };
    }

    /// <summary>The keys that a mapping names among others.</summary>
    internal static DeviceKeys Find(ConfigurationNode node) => new()
    {
        Password = Reference(node, "password"),
        Secret = Reference(node, "secret"),
        Encryption = Reference(node, "encryption-key"),
        Authentication = Reference(node, "authentication-key"),
        Master = Reference(node, "master-key"),
    };

    private static SecretReference? Reference(ConfigurationNode node, string key) =>
        node.Find(key) is { } found ? SecretReference.Read(found) : null;
}
