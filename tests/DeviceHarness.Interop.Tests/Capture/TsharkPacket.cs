using System.Globalization;

namespace DeviceHarness.Interop.Tests.Capture;

/// <summary>What tshark says about one packet.</summary>
/// <param name="Name">The command or message that was put into it.</param>
/// <param name="Time">Seconds since 1970, to the nanosecond.</param>
/// <param name="Comment">The packet's comment.</param>
/// <param name="Protocols">The layers it found.</param>
/// <param name="Complaint">What it found malformed or worth a warning, the packet's own comment aside; empty when nothing.</param>
/// <param name="Info">Its summary.</param>
/// <param name="AttributeTypes">Of a report, the number of attributes whose type it read.</param>
/// <param name="Undissected">Octets that it could not give a meaning, in hexadecimal.</param>
public sealed record TsharkPacket(
    string Name, decimal Time, string Comment, string Protocols, string Complaint, string Info, int AttributeTypes, string Undissected)
{
    internal static TsharkPacket Read(IReadOnlyList<string> names, string[] fields) => new(
        names[int.Parse(fields[0], CultureInfo.InvariantCulture) - 1],
        decimal.Parse(fields[1], CultureInfo.InvariantCulture),
        fields[2],
        fields[3],
        string.Join("; ", fields[4].Split(';').Concat(fields[5].Split(';')).Where(text => text.Length > 0 && text != fields[2])),
        fields[6],
        fields[9].Split(';', StringSplitOptions.RemoveEmptyEntries).Length,
        fields[10]);
}
