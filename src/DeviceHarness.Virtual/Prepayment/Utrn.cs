using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Virtual.Prepayment;

/// <summary>A top-up token of twenty digits, in a form of the harness's own: what a real SMETS1 meter takes is its
/// maker's secret.</summary>
/// <remarks>
/// <code>
/// pence 6 | number 5 | device 2 | code 6 | check 1
/// </code>
/// Device: SHA-256 of the serial number, its first four octets (most significant first) modulo 100. Code: HMAC-SHA-256 under the token key
/// of the first thirteen digits and the serial number in ASCII, its first four octets modulo 1,000,000. Check: the Luhn digit of the
/// nineteen before it.
/// </remarks>
/// <param name="Pence">The amount, 1 to 999,999.</param>
/// <param name="Number">The token's number, 0 to 99,999: each is taken once.</param>
public sealed record Utrn(int Pence, int Number)
{
    /// <summary>How many digits a token has.</summary>
    public const int DigitCount = 20;

    /// <summary>The highest amount, in pence.</summary>
    public const int MaximumPence = 999_999;

    /// <summary>The highest number.</summary>
    public const int MaximumNumber = 99_999;

    private const int PenceDigits = 6;
    private const int NumberDigits = 5;
    private const int DeviceDigits = 2;
    private const int HeadDigits = PenceDigits + NumberDigits + DeviceDigits;
    private const int CodeDigits = 6;

    /// <summary>Writes the token for a meter.</summary>
    /// <param name="serialNumber">The meter's serial number.</param>
    /// <param name="tokenKey">The meter's token key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount or the number does not fit.</exception>
    public string Write(string serialNumber, string tokenKey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Pence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Pence, MaximumPence);
        ArgumentOutOfRangeException.ThrowIfNegative(Number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Number, MaximumNumber);
        string head = string.Create(CultureInfo.InvariantCulture, $"{Pence:D6}{Number:D5}{DeviceOf(serialNumber):D2}");
        string body = string.Create(CultureInfo.InvariantCulture, $"{head}{CodeOf(head, serialNumber, tokenKey):D6}");
        return body + (char)('0' + CheckDigit(body));
    }

    /// <summary>Reads a token.</summary>
    /// <param name="digits">What was entered.</param>
    /// <param name="serialNumber">The meter's serial number.</param>
    /// <param name="tokenKey">The meter's token key.</param>
    /// <param name="token">The token, when the verdict is <see cref="UtrnVerdict.Authentic"/>.</param>
    public static UtrnVerdict TryRead(ReadOnlySpan<char> digits, string serialNumber, string tokenKey, out Utrn? token)
    {
        token = null;
        if (digits.Length != DigitCount || digits.ContainsAnyExceptInRange('0', '9')
            || CheckDigit(digits[..^1]) != digits[^1] - '0')
        {
            return UtrnVerdict.Incorrect;
        }

        string head = digits[..HeadDigits].ToString();
        if (NumberIn(digits.Slice(PenceDigits + NumberDigits, DeviceDigits)) != DeviceOf(serialNumber))
        {
            return UtrnVerdict.ForAnotherDevice;
        }

        if (NumberIn(digits.Slice(HeadDigits, CodeDigits)) != CodeOf(head, serialNumber, tokenKey))
        {
            return UtrnVerdict.NotAuthentic;
        }

        token = ReadUnchecked(digits);
        return UtrnVerdict.Authentic;
    }

    /// <summary>What twenty digits would bring if nobody looked at device, code and check digit: for meters with a defect.</summary>
    /// <param name="digits">What was entered.</param>
    /// <returns>Amount and number; null for what is not twenty digits.</returns>
    internal static Utrn? ReadUnchecked(ReadOnlySpan<char> digits) =>
        digits.Length == DigitCount && !digits.ContainsAnyExceptInRange('0', '9')
            ? new Utrn(NumberIn(digits[..PenceDigits]), NumberIn(digits.Slice(PenceDigits, NumberDigits)))
            : null;

    private static int NumberIn(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int DeviceOf(string serialNumber) => (int)(First(SHA256.HashData(Encoding.ASCII.GetBytes(serialNumber))) % 100);

    private static int CodeOf(string head, string serialNumber, string tokenKey) => (int)(First(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(tokenKey), Encoding.ASCII.GetBytes(head + serialNumber))) % 1_000_000);

    private static uint First(byte[] hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);

    // Every second digit from the right is doubled, the first of them the last one before the check digit.
    private static int CheckDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int place = 0; place < digits.Length; place++)
        {
            int digit = digits[digits.Length - 1 - place] - '0';
            int doubled = place % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return (10 - (sum % 10)) % 10;
    }
}
