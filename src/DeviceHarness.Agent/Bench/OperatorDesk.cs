using System.Globalization;
using System.Text.Json;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>Questions to the person at the bench, and the answers: files of a folder that whoever may read the data folder sees
/// (<c>harness operator</c>). Safe for use from any thread.</summary>
/// <remarks>One file a question, which is gone when it was answered, or when nobody did in time. An answer is whole when its file is
/// there: it is renamed into its place after its picture.</remarks>
internal sealed class OperatorDesk : IOperatorPort
{
    /// <summary>How often it is looked whether somebody answered.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private const string Questions = ".question.json";
    private const string Answers = ".answer.json";
    private const string Pictures = ".picture";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private int _last;

    /// <summary>Opens the desk of a rig.</summary>
    /// <param name="folder">The folder; it is made with the first question.</param>
    /// <param name="time">Real time: a person is not hurried.</param>
    public OperatorDesk(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    /// <summary>Takes back what an earlier process asked: nobody waits for that any more.</summary>
    /// <exception cref="TransportException">OPER-001: it cannot be removed.</exception>
    public static void TakeBack(string folder) => OnMedium(folder, () =>
    {
        Array.ForEach(Directory.Exists(folder) ? Directory.GetFiles(folder) : [], File.Delete);
        return true;
    });

    /// <summary>The folder of a rig.</summary>
    public static string FolderOf(string dataFolder, string rig) => Path.Combine(dataFolder, "operator", rig);

    /// <summary>The open questions by number.</summary>
    /// <exception cref="TransportException">OPER-001: they cannot be read.</exception>
    public static IReadOnlyList<OpenQuestion> Open(string folder) => OnMedium(folder, () => !Directory.Exists(folder)
        ? (IReadOnlyList<OpenQuestion>)[]
        :
        [
            .. Directory.GetFiles(folder, $"*{Questions}").Select(Read<OpenQuestion>).OfType<OpenQuestion>()
                .OrderBy(question => question.Number),
        ]);

    /// <summary>Answers a question.</summary>
    /// <param name="folder">The folder of the rig.</param>
    /// <param name="number">Which.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="TransportException">OPER-001: it cannot be kept. OPER-002: nothing of that number is asked, or it wants a value or
    /// a picture.</exception>
    public static void Answer(string folder, int number, OperatorAnswer answer)
    {
        OpenQuestion question = Open(folder).FirstOrDefault(open => open.Number == number)
            ?? throw Refused(folder, $"no question {number} is open: answered, taken back, or never asked");
        if (question.Question.WantsValue && answer.Value.Length == 0)
        {
            throw Refused(folder, $"question {number} wants a value");
        }

        if (question.Question.WantsPicture && answer.Picture is null)
        {
            throw Refused(folder, $"question {number} wants a picture");
        }

        _ = OnMedium(folder, () =>
        {
            if (answer.Picture is { } picture)
            {
                File.WriteAllBytes(PathOf(folder, number, Pictures), picture.Content.Span);
            }

            Write(PathOf(folder, number, Answers), answer with { Picture = null });
            return true;
        });
    }

    /// <inheritdoc/>
    public async Task<OperatorAnswer?> AskAsync(OperatorQuestion question, TimeSpan within, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _last);
        long asked = _time.GetTimestamp();
        _ = OnMedium(_folder, () =>
        {
            DataFolder.Create(Path.GetDirectoryName(Path.GetDirectoryName(_folder)!)!);
            DataFolder.Create(Path.GetDirectoryName(_folder)!);
            DataFolder.Create(_folder);
            Write(PathOf(_folder, number, Questions), new OpenQuestion(number, question, _time.GetUtcNow() + within));
            return true;
        });
        try
        {
            while (true)
            {
                if (OnMedium(_folder, () => TakeAnswer(number)) is { } answer)
                {
                    return answer;
                }

                TimeSpan left = within - _time.GetElapsedTime(asked);
                if (left <= TimeSpan.Zero)
                {
                    return null;
                }

                await Task.Delay(left < LookInterval ? left : LookInterval, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (string kind in (string[])[Questions, Answers, Pictures])
            {
                File.Delete(PathOf(_folder, number, kind));
            }
        }
    }

    private OperatorAnswer? TakeAnswer(int number)
    {
        string path = PathOf(_folder, number, Answers);
        string picture = PathOf(_folder, number, Pictures);
        return File.Exists(path) && Read<OperatorAnswer>(path) is { } answer
            ? answer with { Picture = File.Exists(picture) ? OperatorPicture.Of(File.ReadAllBytes(picture)) : null }
            : null;
    }

    private static string PathOf(string folder, int number, string kind) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number}{kind}"));

    private static T? Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            // Answered or taken back in this very moment.
            return default;
        }
    }

    private static void Write<T>(string path, T content)
    {
        File.WriteAllBytes($"{path}.new", JsonSerializer.SerializeToUtf8Bytes(content));
        File.Move($"{path}.new", path, overwrite: true);
    }

    private static TransportException Refused(string folder, string what) => new("OPER-002", what, folder);

    private static T OnMedium<T>(string folder, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new TransportException(
                "OPER-001", $"the questions to the person at the bench cannot be kept: {exception.Message}", folder, exception);
        }
    }
}
