# Reads a help page, docs/en-US/<Cmdlet>.md, whose format docs/en-US/README.md describes.

# Lines -> blocks: @{ Fence = 'powershell'; Text = ... } for fenced code, @{ Fence = $null; Text = ... } for a paragraph or a list item on
# one line.
function ConvertTo-HelpBlock {
    param ([AllowEmptyString()] [AllowEmptyCollection()] [string[]] $Line)

    $fence = $null
    $text = [System.Collections.Generic.List[string]]::new()
    $flush = {
        if ($text.Count -gt 0) {
            @{ Fence = $null; Text = ConvertFrom-InlineMarkdown ($text -join ' ') }
            $text.Clear()
        }
    }
    foreach ($one in $Line) {
        if ($null -ne $fence) {
            if ($one -match '^```\s*$') {
                @{ Fence = $fence; Text = $text -join "`n" }
                $text.Clear()
                $fence = $null
            } else {
                $text.Add($one)
            }
        } elseif ($one -match '^```(\w*)\s*$') {
            . $flush
            $fence = $Matches[1]
        } elseif ($one.Trim() -eq '') {
            . $flush
        } else {
            if ($one -match '^\s*([-*]|\d+\.)\s') {
                . $flush
            }
            $text.Add($one.Trim())
        }
    }
    if ($null -ne $fence) {
        throw "a code block has no end"
    }
    . $flush
}

function ConvertFrom-InlineMarkdown {
    param ([string] $Text)

    $Text -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '`([^`]*)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
}

# A page -> @{ Name; Sections = @{ <## HEADING> = @{ Blocks; Items = ordered @{ <### heading> = blocks } } } }
function Read-HelpPage {
    param ([string] $Path)

    $page = @{ Name = $null; Sections = @{} }
    $section = $item = $null
    $inFence = $false
    $lines = [System.Collections.Generic.List[string]]::new()
    $flush = {
        $blocks = @(ConvertTo-HelpBlock $lines)
        if ($null -ne $item) { $section.Items[$item] = $blocks } elseif ($null -ne $section) { $section.Blocks = $blocks }
        $lines.Clear()
    }
    foreach ($line in [System.IO.File]::ReadAllLines($Path)) {
        if ($line -match '^```') {
            $inFence = -not $inFence
        }
        if ($inFence -or $line -notmatch '^(#{1,3}) +(.+?)\s*$') {
            $lines.Add($line)
            continue
        }
        $level, $heading = $Matches[1].Length, $Matches[2]
        . $flush
        $item = $null
        switch ($level) {
            1 { $page.Name = $heading }
            2 { $section = $page.Sections[$heading] = @{ Blocks = @(); Items = [ordered]@{} } }
            3 { $item = $heading }
        }
    }
    . $flush
    $page
}
