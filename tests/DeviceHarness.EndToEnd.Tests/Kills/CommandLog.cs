using System.Buffers.Binary;
using System.Text.Json;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>What really happened: the meter's own log of commands, a file that its process appends to.</summary>
internal sealed class CommandLog(string path)
{
    private const string Clock = "0-0:1.0.0.255";
    private const string SecuritySetup = "0-0:43.0.0.255";
    private const string SupplyScript = "0-0:10.0.106.255";
    private const int GlobalKeyTransfer = 2;
    private const int HlsNeeded = 14;

    private int _linesBefore;

    /// <summary>Forgets what was logged so far.</summary>
    public void Mark() => _linesBefore = Lines().Length;

    /// <summary>By how many hours each setting of the clock since the mark was ahead of true time: the number of its case.</summary>
    public IReadOnlyList<int> HoursSet()
    {
        List<int> hours = [];
        foreach (JsonElement command in Commands())
        {
            if (Text(command, "Service") == "SET" && Text(command, "Object") == Clock)
            {
                DateTimeOffset time = command.GetProperty("Time").GetDateTimeOffset();
                hours.Add((int)Math.Round((TimeIn(Text(command, "Data")) - time).TotalHours));
            }
        }

        return hours;
    }

    /// <summary>The scripts of the disconnector that the meter ran since the mark, in their order.</summary>
    public IReadOnlyList<int> SupplyScripts() =>
    [
        .. Commands()
            .Where(command => Text(command, "Service") == "ACTION" && Text(command, "Object") == SupplyScript
                && Number(command, "Result") == 0)
            .Select(command => (int)BinaryPrimitives.ReadUInt16BigEndian(Convert.FromHexString(Text(command, "Data")).AsSpan(^2..))),
    ];

    /// <summary>How many transfers of new keys the meter took since the mark.</summary>
    public int KeysTaken() => Commands().Count(command =>
        Text(command, "Service") == "ACTION" && Text(command, "Object") == SecuritySetup && Number(command, "Member") == GlobalKeyTransfer
        && Number(command, "Result") == 0);

    /// <summary>How many authentications the meter turned down since the mark.</summary>
    public int Refused() => Commands().Count(command =>
        Text(command, "Service") is "ASSOCIATE" or "AUTHENTICATE" && Number(command, "Result") is not (0 or HlsNeeded));

    private static string Text(JsonElement command, string name) => command.GetProperty(name).GetString()!;

    private static int Number(JsonElement command, string name) => command.GetProperty(name).GetInt32();

    // An octet string of twelve: year, month, day of month, day of week, hour, minute, second, hundredths, deviation, status.
    private static DateTimeOffset TimeIn(string data)
    {
        byte[] octets = Convert.FromHexString(data)[^12..];
        return new DateTimeOffset(
            BinaryPrimitives.ReadUInt16BigEndian(octets), octets[2], octets[3], octets[5], octets[6], octets[7], TimeSpan.Zero);
    }

    private IEnumerable<JsonElement> Commands() =>
        Lines().Skip(_linesBefore).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private string[] Lines()
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);

        // What stands behind the last end of a line is being written.
        return reader.ReadToEnd().Split('\n')[..^1];
    }
}
