using System.Buffers;
using System.IO.Compression;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>
/// Looks for a bomb in a workbook before a parser opens it: the sizes that it declares are not believed, each part is inflated into
/// nothing and counted. A million rows of forty columns inflate to some 2 GB only when nothing repeats; real rosters stay far below the cap.
/// </summary>
internal static class ZipGuard
{
    /// <summary>The largest content after inflating, in bytes.</summary>
    public const long LargestInflated = 600L * 1024 * 1024;

    /// <summary>Most parts that a workbook may have.</summary>
    public const int MostEntries = 2_000;

    /// <exception cref="ProblemException">Damaged, no workbook, or too large when inflated.</exception>
    public static void Check(byte[] content)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries || archive.Entries.Sum(entry => Math.Min(entry.Length, LargestInflated + 1)) > LargestInflated)
            {
                throw new ProblemException(RosterProblems.TooLargeInside());
            }

            if (archive.Entries.All(entry => entry.FullName is not ("xl/workbook.xml" or "xl/workbook.bin")))
            {
                throw new ProblemException(RosterProblems.NoWorkbook());
            }

            var inflated = 0L;
            foreach (var entry in archive.Entries)
            {
                using var part = entry.Open();
                for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
                {
                    inflated += read;
                    if (inflated > LargestInflated)
                    {
                        throw new ProblemException(RosterProblems.TooLargeInside());
                    }
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(RosterProblems.Damaged());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
