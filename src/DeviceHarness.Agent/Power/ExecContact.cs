using System.ComponentModel;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>A contact that a program of the bench's own moves: started for each switching, and waited for.</summary>
/// <param name="feed">The feed's name, for messages.</param>
/// <param name="programs">The programs.</param>
/// <param name="time">What measures their time.</param>
internal sealed class ExecContact(string feed, ExecSwitch programs, TimeProvider time) : IFeedContact
{
    /// <summary>How long a program may take before it is ended.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MaximumTold = 200;

    /// <inheritdoc/>
    /// <exception cref="TransportException">POWER-012: the program cannot be started, fails or does not end.</exception>
    public async Task SetAsync(bool isOn, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> words = isOn ? programs.On : programs.Off;
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Start(start);
        process.StandardInput.Close();
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(either.Token);
            string told = await process.StandardError.ReadToEndAsync(either.Token).ConfigureAwait(false);
            _ = await output.ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw Fault(words, $"it ended with {process.ExitCode}: {Head(told)}", null);
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(words, $"it did not end within {Patience.TotalSeconds:F0} s and was ended", null);
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw Fault([start.FileName], "it was not started", null);
        }
        catch (Win32Exception exception)
        {
            throw Fault([start.FileName], $"it cannot be started: {exception.Message}", exception);
        }
    }

    private static string Head(string text) => text.Length <= MaximumTold ? text.Trim() : text[..MaximumTold].Trim();

    private TransportException Fault(IReadOnlyList<string> words, string what, Exception? exception) =>
        new("POWER-012", $"feed {feed}: the program '{words[0]}' was run: {what}", feed, exception);
}
