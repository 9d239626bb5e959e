using System.Text;

namespace DeviceHarness.Virtual.Links.Optical;

/// <summary>The messages of a meter's sign-on, as a meter reads and writes them; made without the codecs that the client uses.</summary>
/// <remarks>Spec: IEC 62056-21, modes C and E, as the domain guide gives it.</remarks>
internal static class OpticalPortMessages
{
    private const char Acknowledge = '\x06';
    private const string LineEnd = "\r\n";
    private const int SelectLength = 6;

    /// <summary>The bits per second of a rate's character; 0 when it has none.</summary>
    public static int BaudOf(char character) => character switch
    {
        >= '0' and <= '6' => 300 << (character - '0'),
        '7' => 38_400,
        '8' => 57_600,
        '9' => 115_200,
        _ => 0,
    };

    /// <summary>The character of a rate; null when it has none.</summary>
    public static char? CharacterOf(int baud)
    {
        for (char character = '0'; character <= '9'; character++)
        {
            if (BaudOf(character) == baud)
            {
                return character;
            }
        }

        return null;
    }

    /// <summary>Whether a line ends with a request to this device or to any.</summary>
    public static bool IsRequest(string line, string ownAddress)
    {
        int start = line.LastIndexOf("/?", StringComparison.Ordinal);
        int end = line.Length - LineEnd.Length - 1;
        if (start < 0 || end < start + 2 || line[end] != '!')
        {
            return false;
        }

        string asked = line[(start + 2)..end];
        bool isOwn = ownAddress.Length > 0 && asked.TrimStart('0') == ownAddress.TrimStart('0');
        return asked.Length == 0 || isOwn;
    }

    /// <summary>Reads protocol, rate and mode of an option select at the end of a line.</summary>
    public static bool TryReadSelect(string line, out (char Protocol, char Rate, char Mode) select)
    {
        bool isSelect = line.Length >= SelectLength && line[^SelectLength] == Acknowledge;
        select = isSelect ? (line[^5], line[^4], line[^3]) : default;
        return isSelect;
    }

    /// <summary>Identifies the device.</summary>
    public static byte[] Identification(OpticalPortOptions options) => Encoding.ASCII.GetBytes(
        $"/{options.Flag}{CharacterOf(options.OfferedBaud)}{(options.IsModeEAnnounced ? "\\2" : "")}{options.Identification}{LineEnd}");

    /// <summary>Confirms mode E at a rate.</summary>
    public static byte[] Confirmation(char rate) => Encoding.ASCII.GetBytes($"{Acknowledge}2{rate}2{LineEnd}");

    /// <summary>A data read-out with its block check character.</summary>
    public static byte[] ReadOut(string lines, bool isCheckWrong)
    {
        byte[] octets = Encoding.ASCII.GetBytes($"\x02{lines}!{LineEnd}\x03\0");
        for (int index = 1; index < octets.Length - 1; index++)
        {
            octets[^1] ^= octets[index];
        }

        octets[^1] ^= isCheckWrong ? (byte)1 : (byte)0;
        return octets;
    }
}
