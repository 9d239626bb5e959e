using System.Buffers.Binary;
using System.Text.Json;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>What really happened: the meter's own log of commands, a file that its process appends to.</summary>
internal sealed class CommandLog(string path)
{
    private const string Clock = "0-0:1.0.0.255";

    private int _linesBefore;

    /// <summary>Forgets what was logged so far.</summary>
    public void Mark() => _linesBefore = Lines().Length;

    /// <summary>By how many hours each setting of the clock since the mark was ahead of true time: the number of its case.</summary>
    public IReadOnlyList<int> HoursSet()
    {
        List<int> hours = [];
        foreach (string line in Lines().Skip(_linesBefore))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            JsonElement command = entry.RootElement;
            if (command.GetProperty("Service").GetString() == "SET" && command.GetProperty("Object").GetString() == Clock)
            {
                DateTimeOffset time = command.GetProperty("Time").GetDateTimeOffset();
                hours.Add((int)Math.Round((TimeIn(command.GetProperty("Data").GetString()!) - time).TotalHours));
            }
        }

        return hours;
    }

    // An octet string of twelve: year, month, day of month, day of week, hour, minute, second, hundredths, deviation, status.
    private static DateTimeOffset TimeIn(string data)
    {
        byte[] octets = Convert.FromHexString(data)[^12..];
        return new DateTimeOffset(
            BinaryPrimitives.ReadUInt16BigEndian(octets), octets[2], octets[3], octets[5], octets[6], octets[7], TimeSpan.Zero);
    }

    private string[] Lines()
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
