using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Duis.Service;

/// <summary>Makes the top-up tokens of SMETS1 devices as their Service Provider does: never the User, and never one twice, also after a
/// restart.</summary>
/// <remarks>
/// Spec: the domain guide: the UTRN of a SMETS1 device is made by its S1SP, has twenty digits, and a loss of the generation has to be
/// recoverable. The form is the harness's own, that of its virtual meters: pence 6, number 5, device 2, code 6, check 1. What a real meter
/// takes is its maker's secret. Safe for several threads.
/// </remarks>
/// <param name="numbers">How far the tokens were counted.</param>
public sealed class UtrnIssuer(ITokenNumbers numbers)
{
    /// <summary>The highest amount of a token, in pence.</summary>
    public const int MaximumPence = 999_999;

    /// <summary>The highest number of a token; then the device gets none any more.</summary>
    public const int MaximumNumber = 99_999;

    private const int DeviceNumbers = 100;
    private const int Codes = 1_000_000;

    private readonly Lock _gate = new();

    /// <summary>Makes the next token of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="serialNumber">Its serial number, ASCII.</param>
    /// <param name="tokenKey">Its token key.</param>
    /// <param name="pence">The amount, 1 to <see cref="MaximumPence"/>.</param>
    /// <param name="flaw">What is wrong with it.</param>
    /// <returns>Twenty digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount does not fit.</exception>
    /// <exception cref="IOException">The number cannot be kept, or all of them are used up.</exception>
    public string Issue(Eui64 device, string serialNumber, string tokenKey, int pence, UtrnFlaw flaw = UtrnFlaw.None)
    {
        ArgumentNullException.ThrowIfNull(serialNumber);
        ArgumentNullException.ThrowIfNull(tokenKey);
        ArgumentOutOfRangeException.ThrowIfLessThan(pence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pence, MaximumPence);
        int number = Count(device);
        uint deviceNumber = First(SHA256.HashData(Encoding.ASCII.GetBytes(serialNumber))) % DeviceNumbers;
        string head = string.Create(CultureInfo.InvariantCulture, $"{pence:D6}{number:D5}{deviceNumber:D2}");
        uint code = First(HMACSHA256.HashData(Encoding.ASCII.GetBytes(tokenKey), Encoding.ASCII.GetBytes(head + serialNumber)));
        uint written = (code + (flaw == UtrnFlaw.Forged ? 1u : 0u)) % Codes;
        string body = string.Create(CultureInfo.InvariantCulture, $"{head}{written:D6}");
        int check = (CheckDigit(body) + (flaw == UtrnFlaw.Misprinted ? 1 : 0)) % 10;
        return body + (char)('0' + check);
    }

    private int Count(Eui64 device)
    {
        lock (_gate)
        {
            int number = numbers.LastOf(device) + 1;
            if (number > MaximumNumber)
            {
                throw new IOException($"all {MaximumNumber} token numbers of {device} are used up");
            }

            numbers.Keep(device, number);
            return number;
        }
    }

    private static uint First(byte[] hash) => BinaryPrimitives.ReadUInt32BigEndian(hash);

    /// <summary>The Luhn digit.</summary>
    private static int CheckDigit(string digits)
    {
        int sum = 0;
        for (int place = 1; place <= digits.Length; place++)
        {
            int digit = digits[^place] - '0';
            sum += place % 2 == 0 ? digit : digit < 5 ? 2 * digit : (2 * digit) - 9;
        }

        return (10 - (sum % 10)) % 10;
    }
}
