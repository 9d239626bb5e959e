using DeviceHarness.TestKit;

namespace DeviceHarness.Rpc.Tests.Wire;

/// <summary>Seeded input that nobody sane would send: noise, and good input with a few characters changed.</summary>
internal static class Hostile
{
    /// <summary>How many inputs a parser is given.</summary>
    public static readonly int Count = TestSize.Of(suite: 40_000, large: 1_000_000);

    private const int Seed = 6020;
    private const int MaxLength = 40;

    /// <summary>Texts, half of them made from the samples.</summary>
    public static IEnumerable<string> Texts(params string[] samples)
    {
        Random random = new(Seed);
        for (int number = 0; number < Count; number++)
        {
            char[] text = number % 2 == 0
                ? [.. Enumerable.Range(0, random.Next(MaxLength)).Select(_ => Character(random))]
                : samples[random.Next(samples.Length)].ToCharArray();
            for (int change = random.Next(4); change > 0 && text.Length > 0; change--)
            {
                text[random.Next(text.Length)] = Character(random);
            }

            yield return new string(text);
        }
    }

    /// <summary>Octets, half of them made from the samples, some cut short.</summary>
    public static IEnumerable<byte[]> Octets(params byte[][] samples)
    {
        Random random = new(Seed);
        for (int number = 0; number < Count; number++)
        {
            byte[] octets = number % 2 == 0 ? new byte[random.Next(MaxLength)] : [.. samples[random.Next(samples.Length)]];
            if (number % 2 == 0)
            {
                random.NextBytes(octets);
            }

            for (int change = random.Next(4); change > 0 && octets.Length > 0; change--)
            {
                octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            yield return octets[..random.Next(octets.Length + 1)];
        }
    }

    private static char Character(Random random) => random.Next(4) switch
    {
        0 => (char)random.Next(0x20),
        1 => (char)random.Next(0x20, 0x7F),
        2 => "%0123456789abcdefABCDEFHMSmun,=-"[random.Next(32)],
        _ => (char)random.Next(0x10000),
    };
}
