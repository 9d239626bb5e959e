using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>What the model file of a device on a radio says of its identity.</summary>
/// <param name="Eui64">Its EUI-64.</param>
/// <param name="Manufacturer">Its manufacturer, 1 to 32 characters.</param>
/// <param name="ModelName">Its model, 1 to 32 characters.</param>
/// <param name="FirmwareVersion">The version of its firmware: three or four numbers of 0 to 255.</param>
public sealed record HanModelIdentity(ulong Eui64, string Manufacturer, string ModelName, string FirmwareVersion)
{
    /// <summary>Reads what every model file begins with.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <param name="kind">The kind that it must name.</param>
    /// <param name="identity">The part that says this, which may say more.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    internal static HanModelIdentity Read(ConfigurationNode root, string kind, out ConfigurationNode identity)
    {
        ArgumentNullException.ThrowIfNull(root);
        ConfigurationNode named = root.Require("kind");
        if (named.AsText() != kind)
        {
            throw named.Wrong($"'{named.AsText()}'", kind);
        }

        _ = root.Find("description")?.AsText();
        identity = root.Require("identity");
        return new HanModelIdentity(
            HubModelReader.ReadIdentifier(identity.Require("eui64")),
            EsmeModelReader.ReadAscii(identity.Require("manufacturer"), 1, 32),
            EsmeModelReader.ReadAscii(identity.Require("model"), 1, 32),
            EsmeModelReader.ReadVersion(identity.Require("firmware")));
    }
}
