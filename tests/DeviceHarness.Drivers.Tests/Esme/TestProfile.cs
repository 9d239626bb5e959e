using DeviceHarness.Drivers.Profiles;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>The generic profile, turned to the addresses and objects of the vectors.</summary>
internal static class TestProfile
{
    internal static string GenericPath { get; } = Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml");

    /// <summary>Public client 16, no password, methods of the disconnect control, the logical device name in the place of the version;
    /// both units Wh, since the vectors have no other.</summary>
    internal static DeviceProfile Load()
    {
        string text = File.ReadAllText(GenericPath)
            .Replace("client-address: 1 ", "client-address: 16 ", StringComparison.Ordinal)
            .Replace("mechanism: lls", "mechanism: none", StringComparison.Ordinal)
            .Replace("unit: varh", "unit: Wh", StringComparison.Ordinal)
            .Replace("1-0:0.2.0.255", "0-0:42.0.0.255", StringComparison.Ordinal);
        text = string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("  password:", StringComparison.Ordinal)));
        text = text[..text.IndexOf("supply-switch:", StringComparison.Ordinal)]
            + "supply-switch: { method: disconnect-control, class: 70, name: \"0-0:96.3.10.255\", reconnect: 2, disconnect: 1 }\n";
        return DeviceProfileLoader.Load(text, "test.yaml").With(new DeviceOverrides(ResponseTimeout: null, Retries: 2));
    }

    /// <summary>The security of an association, read from the lines of a profile.</summary>
    internal static AssociationProfile Association(string lines)
    {
        string text = File.ReadAllText(GenericPath);
        int start = text.IndexOf("association:", StringComparison.Ordinal);
        int end = text.IndexOf("objects:", StringComparison.Ordinal);
        string association = string.Concat($"maximum-pdu: 1024\n{lines}".TrimEnd('\n').Split('\n').Select(line => $"  {line}\n"));
        return DeviceProfileLoader.Load($"{text[..start]}association:\n{association}{text[end..]}", "test.yaml").Association;
    }
}
