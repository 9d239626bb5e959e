using System.Globalization;

namespace DeviceHarness.Virtual.Tests;

/// <summary>Requests in hexadecimal, written without the product's codecs.</summary>
internal static class CosemRequests
{
    public const string IntegerZero = "0F00";

    public static string Get(int classId, string name, int attribute) => $"C001C1{classId:X4}{Octets(name)}{attribute:X2}00";

    public static string Set(int classId, string name, int attribute, string data) =>
        $"C101C1{classId:X4}{Octets(name)}{attribute:X2}00{data}";

    public static string Act(int classId, string name, int method, string parameter) =>
        $"C301C1{classId:X4}{Octets(name)}{method:X2}01{parameter}";

    /// <summary>The data of a GET that succeeded, whole also when it comes in blocks.</summary>
    public static string Read(this ScriptedClient client, int classId, string name, int attribute)
    {
        string answer = client.Send(Get(classId, name, attribute))!;
        if (answer.StartsWith("C401C100", StringComparison.Ordinal))
        {
            return answer[8..];
        }

        string data = string.Empty;
        for (int block = 1; answer.StartsWith("C402C1", StringComparison.Ordinal); block++)
        {
            if (answer.Substring(16, 2) != "00")
            {
                throw new InvalidOperationException($"{classId} {name} {attribute}: {answer}");
            }

            int head = answer.Substring(18, 2) switch { "82" => 24, "81" => 22, _ => 20 };
            data += answer[head..];
            if (answer.Substring(6, 2) == "01")
            {
                return data;
            }

            answer = client.Send($"C002C1{block:X8}")!;
        }

        throw new InvalidOperationException($"{classId} {name} {attribute}: {answer}");
    }

    /// <summary>A number of a GET that succeeded, with its sign if its type has one.</summary>
    public static long Number(this ScriptedClient client, int classId, string name, int attribute)
    {
        string data = client.Read(classId, name, attribute);
        ulong raw = ulong.Parse(data.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return data[..2] switch
        {
            "05" => (int)raw,
            "0F" => (sbyte)raw,
            "10" => (short)raw,
            _ => (long)raw,
        };
    }

    /// <summary>The result of a SET or an ACTION: 0 is success.</summary>
    public static int Do(this ScriptedClient client, string request) =>
        int.Parse(client.Send(request)!.AsSpan(6, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static string Octets(string name) => string.Concat(
        name.Split('-', ':', '.').Select(part => Convert.ToHexString([byte.Parse(part, CultureInfo.InvariantCulture)])));

    public static string Moment(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture,
        $"090C{time.Year:X4}{time.Month:X2}{time.Day:X2}FF{time.Hour:X2}{time.Minute:X2}{time.Second:X2}00000000");

    public static string DoubleLong(long value) => string.Create(CultureInfo.InvariantCulture, $"05{(int)value:X8}");

    public static string Unsigned32(long value) => string.Create(CultureInfo.InvariantCulture, $"06{(uint)value:X8}");

    public static string Text(string ascii) =>
        string.Create(CultureInfo.InvariantCulture, $"09{ascii.Length:X2}")
        + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(ascii));
}
