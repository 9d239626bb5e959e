using DeviceHarness.Virtual.Prepayment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Prepayment;

public sealed class UtrnTests
{
    private const string Serial = "26E0000001";
    private const string Key = "virtual-esme-01";

    [Fact]
    public void A_token_has_twenty_digits_that_say_amount_and_number()
    {
        string digits = new Utrn(1_250, 7).Write(Serial, Key);

        digits.Should().HaveLength(20).And.StartWith("001250" + "00007");
        Utrn.TryRead(digits, Serial, Key, out Utrn? token).Should().Be(UtrnVerdict.Authentic);
        token.Should().Be(new Utrn(1_250, 7));
    }

    [Fact]
    public void The_check_digit_is_Luhns()
    {
        string digits = new Utrn(999_999, 99_999).Write(Serial, Key);

        int sum = 0;
        for (int place = 0; place < 20; place++)
        {
            int digit = digits[19 - place] - '0';
            digit = place % 2 == 1 ? digit * 2 : digit;
            sum += (digit / 10) + (digit % 10);
        }

        (sum % 10).Should().Be(0);
    }

    [Fact]
    public void Every_single_wrong_digit_is_found()
    {
        string digits = new Utrn(4_321, 1_234).Write(Serial, Key);

        for (int place = 0; place < 20; place++)
        {
            char other = digits[place] == '9' ? '0' : (char)(digits[place] + 1);
            string wrong = digits[..place] + other + digits[(place + 1)..];
            Utrn.TryRead(wrong, Serial, Key, out _).Should().Be(UtrnVerdict.Incorrect, "place {0}", place);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567890123456789")]
    [InlineData("123456789012345678901")]
    [InlineData("1234567890123456789x")]
    [InlineData("-1234567890123456789")]
    public void What_is_not_twenty_digits_is_no_token(string digits)
    {
        Utrn.TryRead(digits, Serial, Key, out _).Should().Be(UtrnVerdict.Incorrect);
    }

    [Fact]
    public void Another_meters_token_and_one_made_without_the_key_are_told_apart()
    {
        string foreign = new Utrn(500, 1).Write("26E0000002", Key);
        string forged = new Utrn(500, 1).Write(Serial, "guess");

        Utrn.TryRead(foreign, Serial, Key, out _).Should().Be(UtrnVerdict.ForAnotherDevice);
        Utrn.TryRead(forged, Serial, Key, out _).Should().Be(UtrnVerdict.NotAuthentic);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1_000_000, 1)]
    [InlineData(1, -1)]
    [InlineData(1, 100_000)]
    public void What_does_not_fit_is_not_written(int pence, int number)
    {
        Action write = () => new Utrn(pence, number).Write(Serial, Key);

        write.Should().Throw<ArgumentOutOfRangeException>();
    }
}
