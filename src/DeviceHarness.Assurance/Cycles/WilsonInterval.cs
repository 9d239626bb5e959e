using System.Globalization;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Wilson's score interval at 95 % for a share: what so few trials allow to be said of it.</summary>
/// <param name="Part">The trials that count, 0 to <paramref name="Whole"/>.</param>
/// <param name="Whole">All trials, 1 or more.</param>
/// <remarks>It holds at 0 and at all of them too, where the plain interval is empty. It takes the trials as drawn at random and
/// independent, which cases of a pack are not: it tells how little a few cases can show, and is no gate.
/// Spec: E. B. Wilson, Probable Inference, JASA 22 (1927).</remarks>
public readonly record struct WilsonInterval(int Part, int Whole)
{
    /// <summary>z: the standard normal distribution has 95 % of its weight within so many standard deviations.</summary>
    public const double Deviations = 1.959963984540054;

    /// <summary>The lower end in whole percent, rounded down.</summary>
    public int LowerPercent => Part == 0 ? 0 : (int)Math.Floor(100 * (Centre - HalfWidth));

    /// <summary>The upper end in whole percent, rounded up.</summary>
    public int UpperPercent => Part == Whole ? 100 : (int)Math.Ceiling(100 * (Centre + HalfWidth));

    private double Share => (double)Part / Whole;

    private double Weight => Deviations * Deviations / Whole;

    private double Centre => (Share + (Weight / 2)) / (1 + Weight);

    private double HalfWidth => Deviations * Math.Sqrt((Share * (1 - Share) / Whole) + (Weight / (4 * Whole))) / (1 + Weight);

    /// <summary>Such as <c>90 to 99 % (Wilson, 95 %, z = 1.96, 96 of 100)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{LowerPercent} to {UpperPercent} % (Wilson, 95 %, z = {Deviations:0.00}, {Part} of {Whole})");
}
