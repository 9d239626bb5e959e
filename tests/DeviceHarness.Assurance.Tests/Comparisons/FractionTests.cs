using DeviceHarness.Assurance.Comparisons;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Comparisons;

public sealed class FractionTests
{
    [Fact]
    public void Fractions_are_exact_and_in_lowest_terms()
    {
        (new Fraction(1, 3) + new Fraction(1, 6)).Should().Be(new Fraction(1, 2));
        (new Fraction(1, 3) - new Fraction(1, 3)).Should().Be(default(Fraction));
        (new Fraction(3, -6) / 2).ToString().Should().Be("-1/4");
        default(Fraction).ToString().Should().Be("0");
        FluentActions.Invoking(() => new Fraction(1, 0)).Should().Throw<DivideByZeroException>();
    }

    [Theory]
    [InlineData(3, 100, "+3.00")]
    [InlineData(-1, 3, "-33.33")]
    [InlineData(1, 20_000, "+0.01")]
    [InlineData(-1, 20_001, "0.00")]
    [InlineData(0, 7, "0.00")]
    public void Points_are_rounded_half_away_from_zero(int numerator, int denominator, string points) =>
        new Fraction(numerator, denominator).Points.Should().Be(points);
}
