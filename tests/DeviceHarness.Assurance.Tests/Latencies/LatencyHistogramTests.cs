using DeviceHarness.Assurance.Latencies;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Latencies;

public sealed class LatencyHistogramTests
{
    private static readonly int[] Percents = [1, 25, 50, 90, 95, 99, 100];

    [Fact]
    public void Merging_two_equals_building_from_both()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            Random random = new(seed);
            (TimeSpan[] left, TimeSpan[] right) = (Samples(random), Samples(random));

            LatencyHistogram merged = LatencyHistogram.Merge([LatencyHistogram.Of(left), LatencyHistogram.Of(right)]);
            LatencyHistogram whole = LatencyHistogram.Of([.. right, .. left]);

            merged.Buckets.Should().Equal(whole.Buckets, "seed {0}", seed);
            (merged.Count, merged.Sum, merged.Shortest, merged.Longest).Should()
                .Be((whole.Count, whole.Sum, whole.Shortest, whole.Longest), "seed {0}", seed);
            Percents.Select(merged.PercentileOf).Should().Equal(Percents.Select(whole.PercentileOf), "seed {0}", seed);
        }
    }

    [Fact]
    public void A_percentile_is_never_below_the_nearest_rank_and_less_than_a_32nd_and_a_microsecond_above_it()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            TimeSpan[] samples = Samples(new Random(seed));
            LatencyHistogram histogram = LatencyHistogram.Of(samples);
            foreach (int percent in Percents.Where(_ => samples.Length > 0))
            {
                TimeSpan exact = Percentile.Of(samples, percent);

                histogram.PercentileOf(percent).Should().BeGreaterThanOrEqualTo(exact, "seed {0}, {1} %", seed, percent)
                    .And.BeLessThan((exact * 33 / 32) + TimeSpan.FromMicroseconds(1.1), "seed {0}, {1} %", seed, percent);
            }
        }
    }

    [Fact]
    public void Buckets_follow_each_other_without_gap_or_overlap()
    {
        for (int index = 0; index < 1000; index++)
        {
            long lower = LatencyHistogram.LowerOf(index);
            LatencyHistogram.IndexOf(lower).Should().Be(index);
            LatencyHistogram.IndexOf(LatencyHistogram.LowerOf(index + 1) - 1).Should().Be(index);
        }
    }

    [Fact]
    public void A_time_beyond_the_last_bucket_is_counted_and_its_longest_is_exact()
    {
        LatencyHistogram histogram = LatencyHistogram.Of([TimeSpan.FromDays(2), TimeSpan.FromMilliseconds(1)]);

        histogram.Count.Should().Be(2);
        histogram.Longest.Should().Be(TimeSpan.FromDays(2));
        histogram.PercentileOf(100).Should().Be(TimeSpan.FromDays(2));
        histogram.Buckets[^1].UpperMicroseconds.Should().Be(LatencyHistogram.MaximumMicroseconds);
    }

    [Fact]
    public void Nothing_measured_is_zero_everywhere()
    {
        LatencyHistogram nothing = LatencyHistogram.Merge([LatencyHistogram.Of([]), LatencyHistogram.Of([])]);

        (nothing.Count, nothing.PercentileOf(99), nothing.Shortest, nothing.Longest).Should()
            .Be((0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));
        nothing.Buckets.Should().BeEmpty();
    }

    private static TimeSpan[] Samples(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(60)).Select(_ => TimeSpan.FromTicks((long)Math.Pow(10, 1 + (random.NextDouble() * 7)))),
    ];
}
