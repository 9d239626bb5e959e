namespace DeviceHarness.Benchmarks;

/// <summary>Holds the result of a benchmark against what it must be: a fast wrong answer is not a figure.</summary>
internal static class Verify
{
    /// <summary>Throws when the result is wrong.</summary>
    /// <param name="isRight">Whether the result is right.</param>
    /// <param name="what">What was found.</param>
    /// <exception cref="InvalidOperationException">The result is wrong.</exception>
    public static void That(bool isRight, string what)
    {
        if (!isRight)
        {
            throw Wrong(what);
        }
    }

    /// <summary>What to throw where even the text of <paramref name="what"/> must cost nothing while the result is right.</summary>
    /// <param name="what">What was found.</param>
    public static InvalidOperationException Wrong(string what) => new($"wrong result: {what}");

    /// <summary>Throws when the result is wrong; costs no allocation when it is right.</summary>
    /// <param name="isRight">Whether the result is right.</param>
    /// <exception cref="InvalidOperationException">The result is wrong.</exception>
    public static void That(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("wrong result");
        }
    }
}
