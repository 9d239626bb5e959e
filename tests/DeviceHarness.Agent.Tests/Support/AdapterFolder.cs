using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The folder of an adapter's certificates, as a rig file names it.</summary>
internal static class AdapterFolder
{
    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Puts a certificate, its key and who issued it into a folder.</summary>
    public static void Write(string folder, EstablishmentSuites suite, string name, ulong subject, int seed)
    {
        TestAuthority authority = new(suite, seed);
        using CbkeIdentity identity = authority.Issue(subject);
        Write(folder, $"{name}.certificate", Convert.ToHexString(identity.Certificate.Octets));
        Write(folder, $"{name}.key", Convert.ToHexString(identity.PrivateKey.Reveal()));
        Write(folder, $"{name}.authority", Convert.ToHexString(authority.Trust.PublicPoint.ToCompressed()));
    }

    private static void Write(string folder, string name, string text)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, OwnerOnly);
    }
}
