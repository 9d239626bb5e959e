using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Guest;

/// <summary>Runs checks one after the other and says what became of each, a line for each.</summary>
/// <param name="outside">Who reads the lines.</param>
/// <param name="area">What is checked: the first word of each name.</param>
internal sealed class CheckReport(OutsideWorld outside, string area)
{
    /// <summary>How long anything may take before it counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs one check; those behind it run whatever becomes of it.</summary>
    /// <param name="name">What is shown when it passes.</param>
    /// <param name="check">What throws when it does not hold.</param>
    public async Task CheckAsync(string name, Func<Task> check)
    {
        try
        {
            await check().ConfigureAwait(false);
            outside.Tell($"ok {area}: {name}");
        }
        catch (Exception exception) when (exception
            is CheckFailedException or HarnessException or IOException or TimeoutException or UnauthorizedAccessException)
        {
            outside.Tell($"FAILED {area}: {name}: {exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Tells a figure, or what was seen.</summary>
    public void Note(string text) => outside.Tell($"# {area}: {text}");

    /// <summary>Requires that something holds.</summary>
    /// <exception cref="CheckFailedException">It does not.</exception>
    public static void Require(bool holds, string wanted)
    {
        if (!holds)
        {
            throw new CheckFailedException(wanted);
        }
    }

    /// <summary>Requires a value.</summary>
    /// <exception cref="CheckFailedException">It is another.</exception>
    public static void RequireEqual<T>(T found, T wanted, string what) =>
        Require(EqualityComparer<T>.Default.Equals(found, wanted), $"{what}: wanted {wanted}, found {found}");

    /// <summary>Requires an error of a transport.</summary>
    /// <returns>The error.</returns>
    /// <exception cref="CheckFailedException">There is none, or another.</exception>
    public static async Task<TransportException> RequireFaultAsync(string code, Func<Task> act)
    {
        try
        {
            await act().WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TransportException fault) when (fault.Code == code)
        {
            return fault;
        }
        catch (TransportException fault)
        {
            throw new CheckFailedException($"wanted {code}, found {fault.Code}: {fault.Message}");
        }
        catch (TimeoutException)
        {
            throw new CheckFailedException($"wanted {code}, and nothing came for {Patience.TotalSeconds:F0} s");
        }

        throw new CheckFailedException($"wanted {code}, and it worked");
    }

    /// <summary>Requires an error of a transport from a call that waits for nothing.</summary>
    public static Task<TransportException> RequireFaultAsync(string code, Action act) => RequireFaultAsync(code, () => Task.Run(act));

    /// <summary>Waits until something holds that nobody tells of.</summary>
    /// <exception cref="CheckFailedException">It does not within <see cref="Patience"/>.</exception>
    public static async Task UntilAsync(Func<bool> holds, string wanted)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Require(TimeProvider.System.GetElapsedTime(started) < Patience, wanted);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System).ConfigureAwait(false);
        }
    }
}
